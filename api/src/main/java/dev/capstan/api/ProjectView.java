package dev.capstan.api;

import java.util.Objects;

/**
 * A registered repository.
 *
 * @param source a URL or an absolute path
 * @param health "" if it was not looked at yet; otherwise in words, beginning with well or failing;
 *     it is not registered
 */
public record ProjectView(String id, String source, int slots, String health) {
  public ProjectView {
    health = Objects.requireNonNullElse(health, "");
  }

  /** One that is to be registered. */
  public ProjectView(String id, String source, int slots) {
    this(id, source, slots, "");
  }
}
