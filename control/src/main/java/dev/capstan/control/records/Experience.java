package dev.capstan.control.records;

import dev.capstan.core.ProjectId;
import dev.capstan.core.plan.Step;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** How steps ended before in this installation. */
public interface Experience {
  /**
   * A step that began and was done, or was given up.
   *
   * @param at when it ended
   * @param took from the beginning of its first attempt to its end, waiting included
   */
  record Ended(ProjectId project, Step step, Instant at, Duration took, boolean completed) {}

  /** The ended steps of the latest runs. */
  List<Ended> latest();
}
