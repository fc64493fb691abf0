package dev.capstan.core.run;

import dev.capstan.core.CommitId;
import dev.capstan.core.evidence.Evidence;
import java.util.List;

/** Where a step stands. */
public sealed interface StepState {
  /** The eight words people see. */
  enum Status {
    PENDING,
    RUNNING,
    NEEDS_QA,
    COMPLETED,
    SKIPPED,
    FAILED,
    CANCELLED,
    BLOCKED
  }

  /** Work is under way, or its result is not yet part of the run's branch. */
  sealed interface InFlight extends StepState {
    Attempt attempt();

    Tries tries();
  }

  /** Waits for its barrier, its scope or its turn. */
  record Pending(Tries tries) implements StepState {
    public static final Pending UNTRIED = new Pending(Tries.NONE);
  }

  /** An engine is at work. */
  record Executing(Attempt attempt, Tries tries) implements InFlight {}

  /** Its change is being measured. */
  record Verifying(Attempt attempt, Tries tries, CommitId commit, Change change)
      implements InFlight {}

  /** The gate is open; the change is to join the run's branch. */
  record Verified(Attempt attempt, Tries tries, CommitId commit, Evidence evidence)
      implements InFlight {}

  /** A person decides whether the gate opens. */
  record NeedsQa(
      Attempt attempt,
      Tries tries,
      CommitId commit,
      Change change,
      Evidence evidence,
      List<String> reasons)
      implements InFlight {
    public NeedsQa {
      reasons = List.copyOf(reasons);
    }
  }

  /**
   * Its change is part of the run's branch.
   *
   * @param from the tip of the branch before the change joined it
   * @param order how many steps had completed before; those that join together share it
   */
  record Completed(Tries tries, CommitId from, int order) implements StepState {}

  /** A person chose to go on without it. */
  record Skipped(String reason) implements StepState {}

  /** It waits for a person to retry or skip it. */
  record Blocked(Tries tries, String reason) implements StepState {}

  /** Its engine asked something; it goes on once a person has answered. */
  record Asking(Tries tries, String question) implements StepState {}

  /** It will not be tried again. */
  record Failed(Tries tries, String reason) implements StepState {}

  /** The run was ended around it. */
  record Cancelled() implements StepState {}

  /** The word for people. */
  default Status status() {
    return switch (this) {
      case Pending _ -> Status.PENDING;
      case Executing _, Verifying _, Verified _ -> Status.RUNNING;
      case NeedsQa _ -> Status.NEEDS_QA;
      case Completed _ -> Status.COMPLETED;
      case Skipped _ -> Status.SKIPPED;
      case Blocked _, Asking _ -> Status.BLOCKED;
      case Failed _ -> Status.FAILED;
      case Cancelled _ -> Status.CANCELLED;
    };
  }

  /** True if steps that wait for this one need wait no longer. */
  default boolean isDone() {
    return this instanceof Completed || this instanceof Skipped;
  }
}
