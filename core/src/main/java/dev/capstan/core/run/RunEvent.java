package dev.capstan.core.run;

import dev.capstan.core.CommitId;
import dev.capstan.core.StepId;
import dev.capstan.core.evidence.Evidence;
import dev.capstan.core.evidence.Response;
import dev.capstan.core.plan.Injection;
import dev.capstan.core.policy.Layer;
import java.time.Instant;
import java.util.List;

/** What happened to a run. Who, why and when stand beside the event in the log. */
public sealed interface RunEvent {
  record Created(Brief brief) implements RunEvent {}

  /** It begins where another run was; nothing of that one changes. */
  record Forked(Origin origin, Reached reached) implements RunEvent {}

  record Started() implements RunEvent {}

  record Prepared(Run.Base base) implements RunEvent {}

  /** The repository asks for more than the policy so far. */
  record PolicyTightened(Layer layer) implements RunEvent {}

  record BaselineMeasured(Baseline baseline) implements RunEvent {}

  /** Work begins. */
  record PlanApproved(String comment) implements RunEvent {}

  /** An attempt begins, not before the given time. */
  record StepStarted(StepId step, Attempt attempt, Instant notBefore) implements RunEvent {}

  record AttemptExecuted(StepId step, CommitId commit, Change change) implements RunEvent {}

  /** The gate opened by itself. */
  record AttemptVerified(StepId step, Evidence evidence) implements RunEvent {}

  /** The gate waits for a person. */
  record QaRequested(StepId step, Evidence evidence, List<String> reasons) implements RunEvent {
    public QaRequested {
      reasons = List.copyOf(reasons);
    }
  }

  /** The gate did not open, and why; the attempt has failed with it. */
  record GateShut(StepId step, Evidence evidence) implements RunEvent {}

  /** A person wants its change measured once more. */
  record VerificationRepeated(StepId step) implements RunEvent {}

  /** A person opened the gate. */
  record QaApproved(StepId step, String comment) implements RunEvent {}

  /** The step returns to pending, for another try with the engine named, as policy responds. */
  record AttemptFailed(StepId step, int attempt, Failure failure, int nextEngine, Response response)
      implements RunEvent {}

  /** The step's change is the branch's last commit now, or it had none. */
  record StepCompleted(StepId step, CommitId tip) implements RunEvent {}

  record StepBlocked(StepId step, String reason) implements RunEvent {}

  record StepFailed(StepId step, String reason) implements RunEvent {}

  record StepSkipped(StepId step, String reason) implements RunEvent {}

  /** A person wants it tried again. */
  record StepReopened(StepId step) implements RunEvent {}

  /**
   * A person wants it tried again, from where the last attempt has left it.
   *
   * @param engine index of the engine that goes on
   * @param work holds what was left
   */
  record StepContinued(StepId step, int engine, CommitId work) implements RunEvent {}

  /** The attempt ended with a question; the step waits for the answer. */
  record QuestionAsked(StepId step, int attempt, String question) implements RunEvent {}

  /** The step returns to pending, for another try with the answer. */
  record QuestionAnswered(StepId step, String answer) implements RunEvent {}

  /** The engine that is at work on the step is told so, and so are those that try it later. */
  record Instructed(StepId step, String text) implements RunEvent {}

  /**
   * The branch is back at that tip, and these steps are to be done again.
   *
   * @param from the step before which it was there
   */
  record Rewound(StepId from, List<StepId> steps, CommitId tip, String why) implements RunEvent {
    public Rewound {
      steps = List.copyOf(steps);
    }
  }

  /** The plan has more steps; those given up for them will not be carried out. */
  record StepsInjected(Injection injection, List<StepId> givenUp) implements RunEvent {
    public StepsInjected {
      givenUp = List.copyOf(givenUp);
    }
  }

  /** The run is to pause after that step, or no longer. */
  record StopSet(StepId step, boolean stops) implements RunEvent {}

  /** The step is done, after which the run was to pause: it has. */
  record StopReached(StepId step) implements RunEvent {}

  record IntegrationStarted(List<StepId> steps) implements RunEvent {
    public IntegrationStarted {
      steps = List.copyOf(steps);
    }
  }

  /** The steps are part of the branch, whose tree no gate has seen yet. */
  record Integrated(CommitId tip, List<StepId> steps) implements RunEvent {
    public Integrated {
      steps = List.copyOf(steps);
    }
  }

  record TipVerificationStarted() implements RunEvent {}

  /** The gate of the branch as a whole opened. */
  record TipVerified(Evidence evidence) implements RunEvent {}

  /** The gate of the branch as a whole did not open. */
  record TipHeld(Evidence evidence, String reason, boolean approvable) implements RunEvent {}

  record TipApproved(String comment) implements RunEvent {}

  record DeliveryStarted() implements RunEvent {}

  /** A task that is nobody's attempt failed; it is tried again, not before the given time. */
  record TaskFailed(Failure failure, Instant notBefore) implements RunEvent {}

  record Blocked(String reason) implements RunEvent {}

  record Unblocked() implements RunEvent {}

  record Paused(String why) implements RunEvent {}

  /** Everything was stopped; a run that was at work is paused by it. */
  record Halted(Run.Hold hold, String why) implements RunEvent {}

  record Resumed() implements RunEvent {}

  record Completed(Run.Outcome outcome) implements RunEvent {}

  /**
   * CI said something of a commit.
   *
   * @param delivered whether that is the commit that was delivered; what is said of another changes
   *     nothing
   */
  record CiReported(CiReport report, boolean delivered) implements RunEvent {}

  /** A pull request was merged, by that commit. */
  record Merged(String branch, CommitId commit) implements RunEvent {}

  record Failed(String reason) implements RunEvent {}

  record Cancelled(String reason) implements RunEvent {}
}
