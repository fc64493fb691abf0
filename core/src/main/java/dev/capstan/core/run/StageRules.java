package dev.capstan.core.run;

import dev.capstan.core.policy.Layer;
import dev.capstan.core.run.Draft.Answer;
import java.time.Duration;

/** What the stages before and after the work report. */
final class StageRules {
  private final Draft draft;

  StageRules(Draft draft) {
    this.draft = draft;
  }

  /** What the repository asks for holds from here on; it cannot loosen anything. */
  Answer prepared(Run.Base base, Layer asked) {
    draft.then(new RunEvent.Prepared(base));
    if (!asked.values().isEmpty()) {
      draft.then(new RunEvent.PolicyTightened(asked));
    }
    return draft
        .known()
        .brief()
        .forbiddenEngine()
        .map(why -> draft.then(new RunEvent.Failed(why)))
        .orElseGet(Draft::yes);
  }

  Answer measured(Run.Measuring m, Baseline baseline) {
    draft.then(new RunEvent.BaselineMeasured(baseline));
    return switch (m.brief().policy().planApproval()) {
      case AUTOMATIC -> approvedByPolicy();
      case PERSON -> Draft.yes();
    };
  }

  /** Between the stages a run cannot be paused, so a pause is renewed before any work starts. */
  private Answer approvedByPolicy() {
    draft.then(new RunEvent.PlanApproved("approved by policy"));
    if (draft.given() instanceof Run.Paused(_, var why, var hold)) {
      return draft.then(
          hold == Run.Hold.PAUSE ? new RunEvent.Paused(why) : new RunEvent.Halted(hold, why));
    }
    return Draft.yes();
  }

  Answer taskFailed(Brief brief, Failure failure, int failures) {
    RetryPolicy policy = brief.policy().retry();
    boolean again = failure.kind() == Failure.Kind.RECOVERABLE && failures + 1 < policy.attempts();
    Duration delay = policy.delayAfter(failures + 1, brief.run().hashCode());
    return draft.then(
        again
            ? new RunEvent.TaskFailed(failure, draft.now().plus(delay))
            : new RunEvent.Blocked(failure.message()));
  }
}
