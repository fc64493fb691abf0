package dev.capstan.control.records;

import dev.capstan.core.ProjectId;
import java.util.Optional;

/** Which policy pack was chosen for what. */
public interface Policies {
  /** The pack of that project, by name; empty if none was chosen for it. */
  Optional<String> of(ProjectId project);

  /** The pack of every project that has none of its own; empty if none was chosen. */
  Optional<String> usual();

  void choose(ProjectId project, String pack);

  void chooseUsual(String pack);
}
