package dev.capstan.api;

import java.util.List;

/**
 * A rule by which events begin runs.
 *
 * @param on the type of event, or how often, for example {@code every 7d}
 * @param lastRuns the newest runs it asked for, with what became of them
 */
public record TriggerView(
    String name, String on, String project, String template, List<String> lastRuns) {
  public TriggerView {
    lastRuns = List.copyOf(lastRuns);
  }
}
