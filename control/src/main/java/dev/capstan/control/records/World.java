package dev.capstan.control.records;

import dev.capstan.core.ProjectId;
import dev.capstan.core.RunId;
import dev.capstan.core.evidence.Evidence;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What goes on in a project now, as the queue and the log say it; nothing is kept for it. */
public interface World {
  /**
   * A task that a worker holds.
   *
   * @param kind such as execute or verify
   * @param key of the task within its run; for an attempt its kind, step and number
   * @param leasedUntil it is lost then, unless the worker says that it goes on
   */
  record AtWork(RunId run, String kind, String key, Instant leasedUntil) {}

  /** Oldest first. */
  List<AtWork> atWork(ProjectId project);

  /**
   * What was measured of a change.
   *
   * @param step "" for a run's branch as a whole
   * @param gate open, shut, or asks a person
   */
  record Verification(RunId run, String step, Instant at, Evidence evidence, String gate) {}

  /** The last one among the newest 20 runs. */
  Optional<Verification> lastVerification(ProjectId project);
}
