package dev.capstan.core.run;

import dev.capstan.core.StepId;
import dev.capstan.core.plan.Injection;
import dev.capstan.core.plan.Patience;
import dev.capstan.core.plan.Step;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** What the shell must do because of an event. Replay never asks. */
public final class RunReaction {
  private RunReaction() {}

  /**
   * The effects of an event.
   *
   * @param run the run after it
   * @param at when it happened
   */
  public static List<Effect> react(Run run, RunEvent event, Instant at) {
    return switch (event) {
      case RunEvent.Started _ -> started(run, at);
      case RunEvent.Prepared _ -> List.of(stage(run, Instant.MIN));
      case RunEvent.PlanApproved _ -> barrierLimits(known(run).brief().plan().steps(), at);
      case RunEvent.StepsInjected(var injection, _) -> injected(run, injection, at);
      case RunEvent.StepStarted(var step, var attempt, var notBefore) ->
          List.of(execute(run, step, attempt, notBefore));
      case RunEvent.AttemptExecuted(var step, _, _) -> List.of(verify(run, step));
      case RunEvent.VerificationRepeated(var step) -> List.of(verify(run, step));
      case RunEvent.StepSkipped(var step, _) -> withdraw(step);
      case RunEvent.Rewound(_, var steps, _, _) -> rewound(steps);
      case RunEvent.Instructed(var step, _) -> instructed(run, step);
      case RunEvent.Halted _ -> List.of(new Effect.StopWork());
      case RunEvent.Forked _ -> forked(run, at);
      case RunEvent.IntegrationStarted _, RunEvent.TipVerificationStarted _ ->
          List.of(lane(working(run), Instant.MIN));
      case RunEvent.DeliveryStarted _ -> List.of(stage(run, Instant.MIN));
      case RunEvent.TaskFailed(_, var notBefore) -> List.of(stage(run, notBefore));
      case RunEvent.Unblocked _ ->
          run instanceof Run.Working ? List.of() : List.of(stage(run, Instant.MIN));
      case RunEvent.Completed _, RunEvent.Failed _, RunEvent.Cancelled _ ->
          List.of(new Effect.WithdrawAll());
      case RunEvent.Created _,
          RunEvent.PolicyTightened _,
          RunEvent.BaselineMeasured _,
          RunEvent.AttemptVerified _,
          RunEvent.QaRequested _,
          RunEvent.GateShut _,
          RunEvent.QaApproved _,
          RunEvent.AttemptFailed _,
          RunEvent.StepCompleted _,
          RunEvent.StepBlocked _,
          RunEvent.StepFailed _,
          RunEvent.StepReopened _,
          RunEvent.StepContinued _,
          RunEvent.QuestionAsked _,
          RunEvent.QuestionAnswered _,
          RunEvent.StopSet _,
          RunEvent.StopReached _,
          RunEvent.Integrated _,
          RunEvent.TipVerified _,
          RunEvent.TipHeld _,
          RunEvent.TipApproved _,
          RunEvent.Blocked _,
          RunEvent.Paused _,
          RunEvent.Resumed _,
          RunEvent.CiReported _,
          RunEvent.Merged _ ->
          List.of();
    };
  }

  private static List<Effect> started(Run run, Instant at) {
    List<Effect> effects = new ArrayList<>(List.of(stage(run, Instant.MIN)));
    effects.addAll(runLimit(run, at));
    return effects;
  }

  /** Its time begins with the fork. */
  private static List<Effect> forked(Run run, Instant at) {
    if (!(run instanceof Run.Paused(Run.Working w, _, _))) {
      return List.of();
    }
    List<Effect> effects = new ArrayList<>(runLimit(run, at));
    effects.addAll(
        barrierLimits(
            w.brief().plan().steps().stream()
                .filter(step -> !w.progress().of(step.id()).isDone())
                .toList(),
            at));
    return effects;
  }

  private static List<Effect> rewound(List<StepId> steps) {
    List<Effect> effects = new ArrayList<>();
    steps.forEach(step -> effects.addAll(withdraw(step)));
    effects.add(new Effect.Withdraw("integrate"));
    effects.add(new Effect.Withdraw("verify-tip"));
    return effects;
  }

  /** One that is at work hears it now; the others find it when they begin. */
  private static List<Effect> instructed(Run run, StepId id) {
    Run.Working w = working(run);
    return w.progress().of(id) instanceof StepState.Executing(var attempt, _)
        ? List.of(new Effect.Amend(new Task.Execute(w.planned(id), attempt)))
        : List.of();
  }

  private static List<Effect> runLimit(Run run, Instant at) {
    List<Effect> effects = new ArrayList<>();
    if (known(run).brief().policy().patience() instanceof Patience.AtMost(var limit)) {
      effects.add(new Effect.Enqueue(new Task.Wake(new Timer.RunLimit()), at.plus(limit), 0));
    }
    return effects;
  }

  /** Before work begins no step's time runs. */
  private static List<Effect> injected(Run run, Injection injection, Instant at) {
    boolean atWork = run instanceof Run.Working || (run instanceof Run.Paused(Run.Working _, _, _));
    return atWork ? barrierLimits(injection.steps(), at) : List.of();
  }

  private static List<Effect> barrierLimits(List<Step> steps, Instant at) {
    List<Effect> effects = new ArrayList<>();
    for (Step step : steps) {
      if (step.patience() instanceof Patience.AtMost(var limit)) {
        effects.add(
            new Effect.Enqueue(
                new Task.Wake(new Timer.BarrierLimit(step.id())), at.plus(limit), 0));
      }
    }
    return effects;
  }

  private static Effect execute(Run run, StepId id, Attempt attempt, Instant notBefore) {
    Step step = working(run).planned(id);
    return new Effect.Enqueue(new Task.Execute(step, attempt), notBefore, step.priority());
  }

  private static Effect verify(Run run, StepId id) {
    Run.Working w = working(run);
    Step step = w.planned(id);
    if (w.progress().of(id) instanceof StepState.Verifying(var attempt, _, var commit, _)) {
      return new Effect.Enqueue(
          new Task.Verify(step, attempt, commit, w.base(), w.baseline()),
          Instant.MIN,
          step.priority());
    }
    throw new IllegalStateException("step " + id + " is not to be verified");
  }

  private static List<Effect> withdraw(StepId id) {
    return List.of(
        new Effect.Withdraw("execute/" + id + '/'), new Effect.Withdraw("verify/" + id + '/'));
  }

  /** The one task of the stage that the run is in. */
  private static Effect stage(Run run, Instant notBefore) {
    return switch (active(run)) {
      case Run.Preparing p -> new Effect.Enqueue(new Task.Prepare(p.brief().base()), notBefore, 0);
      case Run.Measuring m ->
          new Effect.Enqueue(new Task.MeasureBaseline(m.base().commit()), notBefore, 0);
      case Run.Working w -> lane(w, notBefore);
      case Run.Delivering d ->
          new Effect.Enqueue(new Task.Deliver(d.progress().tip(), d.base()), notBefore, 0);
    };
  }

  private static Effect lane(Run.Working w, Instant notBefore) {
    return switch (w.progress().lane()) {
      case Lane.Integrating(var steps, _) ->
          new Effect.Enqueue(
              new Task.Integrate(
                  w.progress().tip(), steps.stream().map(step -> contribution(w, step)).toList()),
              notBefore,
              0);
      case Lane.VerifyingTip _ ->
          new Effect.Enqueue(
              new Task.VerifyTip(
                  w.progress().tip(), w.base(), w.baseline(), w.brief().plan().together()),
              notBefore,
              0);
      case Lane.Free _, Lane.TipHeld _ -> throw new IllegalStateException("the branch has no task");
    };
  }

  private static Task.Integrate.Contribution contribution(Run.Working w, StepId step) {
    if (w.progress().of(step) instanceof StepState.Verified v) {
      return new Task.Integrate.Contribution(step, v.commit());
    }
    throw new IllegalStateException("step " + step + " is not verified");
  }

  private static Run.Known known(Run run) {
    if (run instanceof Run.Known known) {
      return known;
    }
    throw new IllegalStateException("the run does not exist");
  }

  private static Run.Active active(Run run) {
    return switch (run) {
      case Run.Active active -> active;
      case Run.Paused(var within, _, _) -> within;
      case Run.Blocked(var within, _) -> within;
      case Run.Absent _, Run.Pending _, Run.Planned _, Run.Ended _ ->
          throw new IllegalStateException("the run is not at work");
    };
  }

  private static Run.Working working(Run run) {
    if (active(run) instanceof Run.Working w) {
      return w;
    }
    throw new IllegalStateException("the run carries out no steps");
  }
}
