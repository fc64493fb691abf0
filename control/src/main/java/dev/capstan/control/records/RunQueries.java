package dev.capstan.control.records;

import dev.capstan.core.ProjectId;
import dev.capstan.core.RunId;
import dev.capstan.core.run.Run;
import dev.capstan.core.run.RunEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What is read of runs. Reads see whatever is committed, and take no lock. */
public interface RunQueries {
  /** One line of a list. */
  record Summary(
      RunId run,
      ProjectId project,
      String goal,
      String status,
      long version,
      Instant createdAt,
      Instant updatedAt) {}

  /** A run as it is; {@code version} counts its events. */
  record Found(Run.Known run, long version, Instant createdAt, Instant updatedAt) {}

  /**
   * An event with who, why and when; {@code position} orders all events, {@code version} the run's.
   */
  record Recorded(
      long position,
      RunId run,
      long version,
      String type,
      RunEvent event,
      String data,
      Instant at,
      String actor,
      String correlation,
      String causation) {}

  /**
   * Which runs are wanted.
   *
   * @param project "" for every project
   * @param status "" for every status
   * @param goal what the goal has in it, whatever its case; "" for any
   * @param since when it was created at the earliest
   */
  record Wanted(String project, String status, String goal, Optional<Instant> since) {
    /** All of them. */
    public static final Wanted ANY = new Wanted("", "", "", Optional.empty());
  }

  /** Newest first, from behind that place on. */
  List<Summary> list(Wanted wanted, Optional<Place> after, int most);

  boolean exists(RunId run);

  /** Whether an event of the run was directly caused by that. */
  boolean happened(RunId run, String causation);

  Optional<Found> find(RunId run);

  /** The run's events after that version, in order. */
  List<Recorded> events(RunId run, long afterVersion, int most);

  /** An event as it stands in the log of all runs. */
  record Logged(
      long position, ProjectId project, RunId run, String type, String data, Instant at) {}

  /**
   * A part of the log of all runs.
   *
   * @param through the position up to which nothing more will ever appear
   */
  record LogPage(List<Logged> events, long through) {}

  /**
   * The events of all runs after that position, in order. Events of transactions that may still be
   * followed by one with a smaller position are held back, so none is ever skipped.
   */
  LogPage log(long afterPosition, int most);

  /** The position that the log of all runs goes through now. */
  long logEnd();

  /** Waits until something may have been committed since the last look, at most that long. */
  void awaitChange(long seen, Duration atMost) throws InterruptedException;

  /** To be taken before looking, for {@link #awaitChange}. */
  long changeCount();
}
