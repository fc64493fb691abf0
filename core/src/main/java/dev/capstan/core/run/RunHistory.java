package dev.capstan.core.run;

import dev.capstan.core.CommitId;
import dev.capstan.core.StepId;
import dev.capstan.core.evidence.Evidence;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/**
 * What a run becomes. Strict: an event that cannot follow the state means the history is corrupt.
 */
public final class RunHistory {
  private RunHistory() {}

  private record On(Run run, RunEvent event) {}

  /** The run after all of these events. */
  public static Run replay(Collection<? extends RunEvent> events) {
    Run run = new Run.Absent();
    for (RunEvent event : events) {
      run = evolve(run, event);
    }
    return run;
  }

  /** The run after one more event. Throws {@link IllegalStateException} if it cannot follow. */
  public static Run evolve(Run run, RunEvent event) {
    return switch (new On(run, event)) {
      case On(Run.Absent _, RunEvent.Created(var brief)) -> new Run.Pending(brief);
      case On(Run.Pending p, RunEvent.Forked(_, Reached.Nothing _)) -> p;
      case On(Run.Pending(var brief), RunEvent.Forked(var origin, Reached.Work work)) ->
          new Run.Paused(forked(brief, work), "forked from " + origin.run(), Run.Hold.PAUSE);
      case On(Run.Pending(var brief), RunEvent.Started _) -> new Run.Preparing(brief, 0);
      case On(Run.Ended e, _) -> heard(e, event);
      case On(Run.Known k, RunEvent.Failed(var reason)) -> ended(k, new Run.Outcome.Failed(reason));
      case On(Run.Known k, RunEvent.Cancelled(var reason)) ->
          ended(k, new Run.Outcome.Cancelled(reason));
      case On(Run.Planned(var brief, var base, var baseline), RunEvent.PlanApproved _) ->
          new Run.Working(brief, base, baseline, Progress.start(brief.plan(), base.commit()));
      case On(Run.Active a, RunEvent.Paused(var why)) -> new Run.Paused(a, why);
      case On(Run.Active a, RunEvent.Halted(var hold, var why)) -> new Run.Paused(a, why, hold);
      case On(Run.Paused(var within, _, _), RunEvent.Halted(var hold, var why)) ->
          new Run.Paused(within, why, hold);
      case On(Run.Blocked b, RunEvent.Halted _) -> b;
      case On(Run.Active a, RunEvent.Blocked(var why)) -> new Run.Blocked(atRest(a), why);
      case On(Run.Paused(var within, _, _), RunEvent.Resumed _) -> goingOn(within);
      case On(Run.Paused(var within, _, _), RunEvent.Blocked(var why)) ->
          new Run.Blocked(atRest(within), why);
      case On(Run.Working w, RunEvent.StopReached(var step)) ->
          new Run.Paused(in(w, w.brief().stopping(step, false)), "stop point after " + step);
      case On(Run.Known k, RunEvent.StopSet(var step, var stops)) ->
          in(k, k.brief().stopping(step, stops));
      case On(Run.Known k, RunEvent.StepsInjected injected) -> injected(k, injected);
      case On(Run.Paused(var within, var why, var hold), _) ->
          stillPaused(evolve(within, event), why, hold);
      case On(Run.Blocked(var within, _), RunEvent.Unblocked _) -> within;
      case On(Run.Blocked(Run.Working within, var why), _) ->
          stillBlocked(evolve(within, event), why);
      case On(Run.Preparing(var brief, _), RunEvent.Prepared(var base)) ->
          new Run.Measuring(brief, base, 0);
      case On(Run.Preparing(var brief, var failures), RunEvent.TaskFailed _) ->
          new Run.Preparing(brief, failures + 1);
      case On(
              Run.Measuring(var brief, var base, var failures),
              RunEvent.PolicyTightened(var layer)) ->
          new Run.Measuring(brief.tightenedBy(layer), base, failures);
      case On(Run.Measuring(var brief, var base, _), RunEvent.BaselineMeasured(var baseline)) ->
          new Run.Planned(brief, base, baseline);
      case On(Run.Measuring(var brief, var base, var failures), RunEvent.TaskFailed _) ->
          new Run.Measuring(brief, base, failures + 1);
      case On(Run.Working w, RunEvent.DeliveryStarted _) ->
          new Run.Delivering(w.brief(), w.base(), w.baseline(), w.progress(), 0);
      case On(Run.Working w, RunEvent.Completed(var outcome)) -> ended(w, outcome);
      case On(Run.Working(var brief, var base, var baseline, var progress), _) ->
          new Run.Working(brief, base, baseline, evolve(progress, event));
      case On(Run.Delivering d, RunEvent.TaskFailed _) ->
          new Run.Delivering(d.brief(), d.base(), d.baseline(), d.progress(), d.failures() + 1);
      case On(Run.Delivering d, RunEvent.Completed(var outcome)) -> ended(d, outcome);
      case On(_, _) -> throw corrupt(run, event);
    };
  }

  private static Run injected(Run.Known run, RunEvent.StepsInjected event) {
    Brief brief = run.brief().with(event.injection());
    return switch (run) {
      case Run.Working(_, var base, var baseline, var progress) ->
          new Run.Working(brief, base, baseline, progress.of(brief.plan(), event.givenUp()));
      case Run.Paused(Run.Working w, var why, var hold) ->
          stillPaused(injected(w, event), why, hold);
      case Run.Pending _, Run.Preparing _, Run.Measuring _, Run.Planned _, Run.Paused _ ->
          in(run, brief);
      case Run.Delivering _, Run.Blocked _, Run.Ended _ -> throw corrupt(run, event);
    };
  }

  /** A pause is as good as a stop for all steps that were done in it. */
  private static Run.Active goingOn(Run.Active run) {
    Brief brief = run.brief();
    if (run instanceof Run.Working w) {
      for (StepId stop : w.brief().stops()) {
        brief = w.progress().of(stop).isDone() ? brief.stopping(stop, false) : brief;
      }
    }
    return in(run, brief);
  }

  /** The same run under another brief. */
  private static Run.Known in(Run.Known run, Brief brief) {
    return switch (run) {
      case Run.Active active -> in(active, brief);
      case Run.Pending _ -> new Run.Pending(brief);
      case Run.Planned(_, var base, var baseline) -> new Run.Planned(brief, base, baseline);
      case Run.Paused(var within, var why, var hold) ->
          new Run.Paused(in(within, brief), why, hold);
      case Run.Blocked(var within, var why) -> new Run.Blocked(in(within, brief), why);
      case Run.Ended(var last, var outcome, var after) ->
          new Run.Ended(in(last, brief), outcome, after);
    };
  }

  private static Run.Active in(Run.Active run, Brief brief) {
    return switch (run) {
      case Run.Preparing(_, var failures) -> new Run.Preparing(brief, failures);
      case Run.Measuring(_, var base, var failures) -> new Run.Measuring(brief, base, failures);
      case Run.Working(_, var base, var baseline, var progress) ->
          new Run.Working(brief, base, baseline, progress);
      case Run.Delivering(_, var base, var baseline, var progress, var failures) ->
          new Run.Delivering(brief, base, baseline, progress, failures);
    };
  }

  private static Progress evolve(Progress p, RunEvent event) {
    return switch (event) {
      case RunEvent.StepStarted(var step, var attempt, _) ->
          p.with(step, new StepState.Executing(attempt, started(p.of(step), attempt)));
      case RunEvent.AttemptExecuted(var step, var commit, var change) ->
          p.with(step, verifying(p.of(step), commit, change));
      case RunEvent.AttemptVerified(var step, var evidence) ->
          p.with(step, verified(p.of(step), evidence));
      case RunEvent.QaRequested(var step, var evidence, var reasons) ->
          p.with(step, needsQa(p.of(step), evidence, reasons));
      case RunEvent.GateShut(var step, var evidence) -> shut(p, step, evidence);
      case RunEvent.VerificationRepeated(var step) -> p.with(step, unsettled(p.of(step)));
      case RunEvent.QaApproved(var step, _) -> p.with(step, approved(p.of(step)));
      case RunEvent.AttemptFailed failed ->
          p.with(failed.step(), again(p.of(failed.step()), failed)).afterFailure();
      case RunEvent.StepCompleted(var step, var tip) ->
          p.with(step, completed(p, p.of(step))).reached(tip);
      case RunEvent.StepBlocked(var step, var reason) ->
          p.with(step, new StepState.Blocked(tries(p.of(step)), reason));
      case RunEvent.StepFailed(var step, var reason) ->
          p.with(step, new StepState.Failed(tries(p.of(step)), reason));
      case RunEvent.StepSkipped(var step, var reason) ->
          p.with(step, new StepState.Skipped(skippable(p.of(step), reason)));
      case RunEvent.StepReopened(var step) -> p.with(step, reopened(p.of(step)));
      case RunEvent.StepContinued(var step, var engine, var work) ->
          p.with(step, new StepState.Pending(given(p.of(step)).continued(engine, work)));
      case RunEvent.Instructed(var step, var text) -> p.with(step, instructed(p.of(step), text));
      case RunEvent.Rewound rewound -> rewound(p, rewound);
      case RunEvent.QuestionAsked(var step, _, var question) ->
          p.with(step, asking(p.of(step), question));
      case RunEvent.QuestionAnswered(var step, var answer) ->
          p.with(step, answered(p.of(step), answer));
      case RunEvent.IntegrationStarted(var steps) -> idle(p).in(new Lane.Integrating(steps, 0));
      case RunEvent.Integrated(var tip, var steps) ->
          integrated(busy(p, Lane.Integrating.class), steps).at(tip, false).in(new Lane.Free());
      case RunEvent.TipVerificationStarted _ -> idle(p).in(new Lane.VerifyingTip(0));
      case RunEvent.TipVerified _ ->
          busy(p, Lane.VerifyingTip.class).at(p.tip(), true).in(new Lane.Free());
      case RunEvent.TipApproved _ ->
          busy(p, Lane.TipHeld.class).at(p.tip(), true).in(new Lane.Free());
      case RunEvent.TipHeld(_, var reason, var approvable) ->
          busy(p, Lane.VerifyingTip.class).in(new Lane.TipHeld(reason, approvable));
      case RunEvent.TaskFailed _ -> p.in(failedOnce(p.lane()));
      case RunEvent.Created _,
          RunEvent.Forked _,
          RunEvent.Started _,
          RunEvent.Prepared _,
          RunEvent.PolicyTightened _,
          RunEvent.BaselineMeasured _,
          RunEvent.PlanApproved _,
          RunEvent.StepsInjected _,
          RunEvent.StopSet _,
          RunEvent.StopReached _,
          RunEvent.DeliveryStarted _,
          RunEvent.Blocked _,
          RunEvent.Unblocked _,
          RunEvent.Paused _,
          RunEvent.Halted _,
          RunEvent.Resumed _,
          RunEvent.Completed _,
          RunEvent.CiReported _,
          RunEvent.Merged _,
          RunEvent.Failed _,
          RunEvent.Cancelled _ ->
          throw new IllegalStateException(
              "history is corrupt: " + name(event) + " cannot happen during work");
    };
  }

  // ---- steps: each says from which states it is allowed

  private static Tries started(StepState state, Attempt attempt) {
    if (state instanceof StepState.Pending(var tries) && attempt.number() == tries.attempts() + 1) {
      return tries.afterAttempt(attempt.number());
    }
    throw corrupt(state, "attempt " + attempt.number() + " start");
  }

  private static StepState verifying(StepState state, CommitId commit, Change change) {
    if (state instanceof StepState.Executing(var attempt, var tries)) {
      return new StepState.Verifying(attempt, tries, commit, change);
    }
    throw corrupt(state, "be verified");
  }

  private static StepState verified(StepState state, Evidence evidence) {
    if (state instanceof StepState.Verifying(var attempt, var tries, var commit, _)) {
      return new StepState.Verified(attempt, tries, commit, evidence);
    }
    throw corrupt(state, "pass its gate");
  }

  private static StepState needsQa(StepState state, Evidence evidence, List<String> reasons) {
    if (state instanceof StepState.Verifying(var attempt, var tries, var commit, var change)) {
      return new StepState.NeedsQa(attempt, tries, commit, change, evidence, reasons);
    }
    throw corrupt(state, "ask a person");
  }

  private static StepState unsettled(StepState state) {
    if (state instanceof StepState.NeedsQa(var attempt, var tries, var commit, var change, _, _)) {
      return new StepState.Verifying(attempt, tries, commit, change);
    }
    throw corrupt(state, "be verified again");
  }

  /** What becomes of the attempt is the next event's to say. */
  private static Progress shut(Progress progress, StepId step, Evidence evidence) {
    if (progress.of(step) instanceof StepState.Verifying v
        && v.commit().equals(evidence.commit())) {
      return progress;
    }
    throw new IllegalStateException(
        "history is corrupt: the gate of " + step + " was shut before it was verified");
  }

  private static StepState approved(StepState state) {
    if (state
        instanceof StepState.NeedsQa(var attempt, var tries, var commit, _, var evidence, _)) {
      return new StepState.Verified(attempt, tries, commit, evidence);
    }
    throw corrupt(state, "be approved");
  }

  private static StepState again(StepState state, RunEvent.AttemptFailed event) {
    if (state instanceof StepState.InFlight f) {
      int engine = event.nextEngine();
      int failures = f.attempt().engine() == engine ? f.tries().failures() + 1 : 0;
      Tries.Last last =
          new Tries.Last.Failed(f.attempt().from(), event.failure().abridged(), event.response());
      return new StepState.Pending(f.tries().afterFailure(engine, failures, last));
    }
    throw corrupt(state, "fail an attempt");
  }

  private static StepState asking(StepState state, String question) {
    if (state instanceof StepState.Executing(_, var tries)) {
      return new StepState.Asking(tries, question);
    }
    throw corrupt(state, "ask");
  }

  private static StepState answered(StepState state, String answer) {
    if (state instanceof StepState.Asking(var tries, var question)) {
      return new StepState.Pending(tries.told(new Exchange(question, answer)));
    }
    throw corrupt(state, "be answered");
  }

  /** The state says where the branch is without the step, so that it can be taken back there. */
  private static StepState completed(Progress before, StepState state) {
    return switch (state) {
      case StepState.Verified v -> completed(before, v.tries());
      case StepState.Executing e -> completed(before, e.tries());
      case StepState other -> throw corrupt(other, "complete");
    };
  }

  private static StepState completed(Progress before, Tries tries) {
    return new StepState.Completed(tries.rewound(), before.tip(), before.completed());
  }

  private static Tries tries(StepState state) {
    if (state instanceof StepState.Pending(var tries)) {
      return tries;
    }
    throw corrupt(state, "be given up");
  }

  private static String skippable(StepState state, String reason) {
    return switch (state) {
      case StepState.Pending _,
          StepState.Executing _,
          StepState.Verifying _,
          StepState.NeedsQa _,
          StepState.Blocked _,
          StepState.Asking _,
          StepState.Failed _ ->
          reason;
      case StepState.Verified _,
          StepState.Completed _,
          StepState.Skipped _,
          StepState.Cancelled _ ->
          throw corrupt(state, "be skipped");
    };
  }

  private static StepState reopened(StepState state) {
    return new StepState.Pending(given(state).afresh());
  }

  /** Of a step that was given up. */
  private static Tries given(StepState state) {
    return switch (state) {
      case StepState.Blocked(var tries, _) -> tries;
      case StepState.Failed(var tries, _) -> tries;
      case StepState other -> throw corrupt(other, "be reopened");
    };
  }

  private static StepState instructed(StepState state, String text) {
    return switch (state) {
      case StepState.Pending(var tries) -> new StepState.Pending(tries.instructed(text));
      case StepState.Executing(var attempt, var tries) -> {
        Tries told = tries.instructed(text);
        yield new StepState.Executing(attempt.told(told.instructions()), told);
      }
      case StepState.Verifying(var attempt, var tries, var commit, var change) ->
          new StepState.Verifying(attempt, tries.instructed(text), commit, change);
      case StepState.Verified(var attempt, var tries, var commit, var evidence) ->
          new StepState.Verified(attempt, tries.instructed(text), commit, evidence);
      case StepState.NeedsQa(
              var attempt,
              var tries,
              var commit,
              var change,
              var evidence,
              var reasons) ->
          new StepState.NeedsQa(attempt, tries.instructed(text), commit, change, evidence, reasons);
      case StepState.Blocked(var tries, var reason) ->
          new StepState.Blocked(tries.instructed(text), reason);
      case StepState.Asking(var tries, var question) ->
          new StepState.Asking(tries.instructed(text), question);
      case StepState.Failed(var tries, var reason) ->
          new StepState.Failed(tries.instructed(text), reason);
      case StepState.Completed _, StepState.Skipped _, StepState.Cancelled _ ->
          throw corrupt(state, "be told anything");
    };
  }

  // ---- the branch

  /** What was under way at the tip is under way no longer. */
  private static Progress rewound(Progress p, RunEvent.Rewound event) {
    Progress after = p;
    for (StepId step : event.steps()) {
      after = after.with(step, new StepState.Pending(undone(p.of(step)).rewound()));
    }
    boolean settled = p.tipSettled() && event.tip().equals(p.tip());
    return after.at(event.tip(), settled).in(new Lane.Free());
  }

  private static Tries undone(StepState state) {
    return switch (state) {
      case StepState.Pending(var tries) -> tries;
      case StepState.InFlight flying -> flying.tries();
      case StepState.Completed(var tries, _, _) -> tries;
      case StepState.Blocked(var tries, _) -> tries;
      case StepState.Asking(var tries, _) -> tries;
      case StepState.Failed(var tries, _) -> tries;
      case StepState.Skipped _, StepState.Cancelled _ -> throw corrupt(state, "be done again");
    };
  }

  private static Run.Working forked(Brief brief, Reached.Work work) {
    return new Run.Working(brief, work.base(), work.baseline(), Progress.start(brief.plan(), work));
  }

  private static Progress idle(Progress p) {
    return switch (p.lane()) {
      case Lane.Free _, Lane.TipHeld _ -> p;
      case Lane.Integrating _, Lane.VerifyingTip _ ->
          throw new IllegalStateException("history is corrupt: two tasks at the tip at once");
    };
  }

  private static Progress busy(Progress p, Class<? extends Lane> with) {
    if (with.isInstance(p.lane())) {
      return p;
    }
    throw new IllegalStateException(
        "history is corrupt: the tip is not " + with.getSimpleName() + " but " + p.lane());
  }

  private static Progress integrated(Progress p, List<StepId> steps) {
    Progress after = p;
    for (StepId step : steps) {
      after = after.with(step, completed(p, p.of(step)));
    }
    return after;
  }

  private static Lane failedOnce(Lane lane) {
    return switch (lane) {
      case Lane.Integrating(var steps, var failures) -> new Lane.Integrating(steps, failures + 1);
      case Lane.VerifyingTip(var failures) -> new Lane.VerifyingTip(failures + 1);
      case Lane.Free _, Lane.TipHeld _ ->
          throw new IllegalStateException(
              "history is corrupt: a task failed that was not under way");
    };
  }

  // ---- the run

  private static Run stillPaused(Run next, String why, Run.Hold hold) {
    return next instanceof Run.Active active ? new Run.Paused(active, why, hold) : next;
  }

  private static Run stillBlocked(Run next, String why) {
    if (next instanceof Run.Working working) {
      return new Run.Blocked(working, why);
    }
    throw new IllegalStateException("history is corrupt: a blocked run went on by itself");
  }

  /** Whatever was given up is under way no longer, and will begin afresh. */
  private static Run.Active atRest(Run.Active within) {
    return switch (within) {
      case Run.Preparing(var brief, _) -> new Run.Preparing(brief, 0);
      case Run.Measuring(var brief, var base, _) -> new Run.Measuring(brief, base, 0);
      case Run.Delivering(var brief, var base, var baseline, var progress, _) ->
          new Run.Delivering(brief, base, baseline, progress, 0);
      case Run.Working(var brief, var base, var baseline, var progress) ->
          new Run.Working(brief, base, baseline, progress.in(afresh(progress.lane())));
    };
  }

  private static Lane afresh(Lane lane) {
    return switch (lane) {
      case Lane.Free _, Lane.Integrating _, Lane.VerifyingTip _ -> new Lane.Free();
      case Lane.TipHeld held -> held;
    };
  }

  /** After its end a run only hears of what it has delivered. */
  private static Run heard(Run.Ended ended, RunEvent event) {
    return switch (new On(ended, event)) {
      case On(
              Run.Ended(var last, Run.Outcome.Delivered outcome, var after),
              RunEvent.CiReported(var report, _)) ->
          new Run.Ended(last, outcome, after.with(report));
      case On(
              Run.Ended(var last, Run.Outcome.Delivered outcome, var after),
              RunEvent.Merged(var branch, var commit)) ->
          new Run.Ended(last, outcome, after.merged(branch, commit));
      case On(_, _) -> throw corrupt(ended, event);
    };
  }

  private static Run ended(Run.Known last, Run.Outcome outcome) {
    return new Run.Ended(cancelled(last), outcome, Aftermath.NONE);
  }

  /** What had not ended is cancelled with the run. */
  private static Run.Known cancelled(Run.Known last) {
    return switch (last) {
      case Run.Working(var brief, var base, var baseline, var progress) ->
          new Run.Working(brief, base, baseline, cancelled(progress));
      case Run.Paused(var within, _, _) -> cancelled(within);
      case Run.Blocked(var within, _) -> cancelled(within);
      case Run.Pending _, Run.Preparing _, Run.Measuring _, Run.Planned _, Run.Delivering _ -> last;
      case Run.Ended _ -> throw new IllegalStateException("history is corrupt: a run ended twice");
    };
  }

  private static Progress cancelled(Progress p) {
    SequencedMap<StepId, StepState> steps = new LinkedHashMap<>();
    p.steps().forEach((step, state) -> steps.put(step, cancelled(state)));
    return new Progress(steps, p.tip(), p.tipSettled(), new Lane.Free(), p.failedAttempts());
  }

  private static StepState cancelled(StepState state) {
    return switch (state) {
      case StepState.Pending _, StepState.InFlight _ -> new StepState.Cancelled();
      case StepState.Completed _,
          StepState.Skipped _,
          StepState.Blocked _,
          StepState.Asking _,
          StepState.Failed _,
          StepState.Cancelled _ ->
          state;
    };
  }

  private static IllegalStateException corrupt(Run run, RunEvent event) {
    return new IllegalStateException(
        "history is corrupt: " + name(event) + " cannot follow " + run.getClass().getSimpleName());
  }

  private static IllegalStateException corrupt(StepState state, String what) {
    return new IllegalStateException(
        "history is corrupt: a step that is " + state.status() + " cannot " + what);
  }

  private static String name(RunEvent event) {
    return event.getClass().getSimpleName();
  }
}
