package dev.capstan.core.run;

import dev.capstan.core.CommitId;
import dev.capstan.core.RunId;
import dev.capstan.core.StepId;
import dev.capstan.core.evidence.Evidence;
import dev.capstan.core.plan.Injection;
import dev.capstan.core.plan.Work;
import dev.capstan.core.policy.Layer;
import java.util.List;
import java.util.Map;

/**
 * What may be asked of a run: by people first, then by workers that report, then by what watches
 * over what was delivered, then by clocks.
 */
public sealed interface RunCommand {
  // ---- people

  record Create(Brief brief) implements RunCommand {}

  /**
   * Creates a run that begins where another one was.
   *
   * @param run the new one
   * @param at the other one as it was then
   * @param engines for each of these steps, what performs it instead
   */
  record Fork(RunId run, Origin origin, Run.Known at, Map<StepId, List<Work>> engines)
      implements RunCommand {
    public Fork {
      engines = Map.copyOf(engines);
    }
  }

  record Start() implements RunCommand {}

  record ApprovePlan(String comment) implements RunCommand {}

  record RejectPlan(String comment) implements RunCommand {}

  /** Opens the gate of a step that needs a person. */
  record ApproveStep(StepId step, String comment) implements RunCommand {}

  /** Shuts the gate of a step that needs a person; it is tried again as policy says. */
  record RejectStep(StepId step, String comment) implements RunCommand {}

  /** Opens the gate of the branch as a whole. */
  record ApproveTip(String comment) implements RunCommand {}

  /** Tries a blocked step again, with all of its engines. */
  record RetryStep(StepId step) implements RunCommand {}

  /**
   * Tries a blocked step again, with the engine that tried it last, which goes on with what that
   * attempt has left.
   *
   * @param attempt the number of the last one
   * @param left what it has left; {@link Beginning.Fresh} if that is nothing
   */
  record ContinueStep(StepId step, int attempt, Beginning left) implements RunCommand {}

  /** Tries again whatever the run is blocked on. */
  record Retry() implements RunCommand {}

  record SkipStep(StepId step, String reason) implements RunCommand {}

  /** Measures the change of a step that needs a person once more. */
  record VerifyStep(StepId step) implements RunCommand {}

  /** Gives up whatever is not verified yet, and delivers the rest. */
  record DeliverNow(String why) implements RunCommand {}

  /**
   * Tells the engine of a step something: the one at work now, and those that try the step later.
   */
  record Instruct(StepId step, String text) implements RunCommand {}

  /** Takes the branch back to where it was before that step, and goes on from there. */
  record RerunFrom(StepId step, String why) implements RunCommand {}

  /** Answers what a step's engine asked; the step is tried again with the answer. */
  record AnswerStep(StepId step, String answer) implements RunCommand {}

  /** Adds steps to the plan. */
  record Inject(Injection injection) implements RunCommand {}

  /** Lets the run pause once that step is done, or lets it go on there again. */
  record StopAfter(StepId step, boolean stops) implements RunCommand {}

  record Pause(String why) implements RunCommand {}

  record Resume() implements RunCommand {}

  /** Lets a paused run go on for one step, after which it pauses again. */
  record RunNext() implements RunCommand {}

  /**
   * Stops everything of the run at once. What was under way is no failure: it begins again when the
   * run goes on.
   */
  record Halt(Run.Hold hold, String why) implements RunCommand {
    public Halt {
      if (hold == Run.Hold.PAUSE) {
        throw new IllegalArgumentException("a pause is no halt");
      }
    }
  }

  /** Lets a run go on that was halted so; one that is held otherwise stays as it is. */
  record Lift(Run.Hold hold) implements RunCommand {}

  record Cancel(String why) implements RunCommand {}

  // ---- workers

  /** What a worker says about a task; it settles nothing that waits for a person. */
  sealed interface Report extends RunCommand {}

  /** The base commit, and what the repository's own configuration there asks for. */
  record ReportPrepared(Run.Base base, Layer asked) implements Report {
    public ReportPrepared(Run.Base base) {
      this(base, new Layer("repository", Map.of()));
    }
  }

  record ReportBaseline(Baseline baseline) implements Report {}

  record ReportExecuted(StepId step, int attempt, CommitId commit, Change change)
      implements Report {}

  /** The engine ended well and no file is different. */
  record ReportUnchanged(StepId step, int attempt) implements Report {}

  record ReportVerified(StepId step, int attempt, Evidence evidence) implements Report {}

  /** The engine ended with a question that a person must answer first. */
  record ReportQuestion(StepId step, int attempt, String question) implements Report {}

  record ReportAttemptFailed(StepId step, int attempt, Failure failure) implements Report {}

  /**
   * A path that could not be merged.
   *
   * @param sides in a few words, what either has made of it; "" if there are no lines to show
   */
  record Clash(String path, String sides) {}

  /**
   * Verified steps were put on the branch.
   *
   * @param tip the branch's new last commit
   * @param integrated those it now holds
   * @param conflicts for each other step, where it could not be merged
   */
  record ReportIntegrated(CommitId tip, List<StepId> integrated, Map<StepId, List<Clash>> conflicts)
      implements Report {
    public ReportIntegrated {
      integrated = List.copyOf(integrated);
      conflicts = Map.copyOf(conflicts);
    }
  }

  record ReportTipVerified(Evidence evidence) implements Report {}

  /** The pull requests, in the order in which they are to be merged. */
  record ReportDelivered(List<PullRequest> pullRequests) implements Report {
    public ReportDelivered {
      pullRequests = List.copyOf(pullRequests);
    }
  }

  /** Preparing, measuring, integrating, verifying the tip or delivering failed. */
  record ReportTaskFailed(Failure failure) implements Report {}

  // ---- CI and forges

  record RecordCi(CiReport report) implements RunCommand {}

  /**
   * A pull request was merged.
   *
   * @param commit by which it was
   */
  record RecordMerge(String branch, CommitId commit) implements RunCommand {}

  // ---- clocks

  record Elapse(Timer timer) implements RunCommand {}
}
