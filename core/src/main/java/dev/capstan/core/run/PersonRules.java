package dev.capstan.core.run;

import dev.capstan.core.StepId;
import dev.capstan.core.evidence.Response;
import dev.capstan.core.plan.Injection;
import dev.capstan.core.plan.PlanFault;
import dev.capstan.core.run.Draft.Answer;
import dev.capstan.core.run.StepState.Status;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What people may ask of the plan, of its steps, and of the branch. */
final class PersonRules {
  private final Draft draft;
  private final AttemptRules attempts;

  PersonRules(Draft draft, AttemptRules attempts) {
    this.draft = draft;
    this.attempts = attempts;
  }

  Answer create(Brief brief) {
    List<PlanFault> faults = brief.plan().faults();
    return faults.isEmpty()
        ? draft.then(new RunEvent.Created(brief))
        : Draft.no(new Refusal.BadPlan(faults));
  }

  Answer stopAfter(Run.Known known, StepId step, boolean stops) {
    if (known.brief().plan().steps().stream().noneMatch(one -> one.id().equals(step))) {
      return Draft.no(new Refusal.NoSuchStep(step));
    }
    if (stops && draft.progress().map(p -> p.of(step).isDone()).orElse(false)) {
      return Draft.no(new Refusal.StepNotNow(step, StepState.Status.COMPLETED, "stop after"));
    }
    return known.brief().stops().contains(step) == stops
        ? Draft.yes()
        : draft.then(new RunEvent.StopSet(step, stops));
  }

  /** The run as it is decides what the plan still has room for. */
  Answer inject(Injection wished) {
    Brief brief = draft.known().brief();
    Optional<Progress> progress = draft.progress();
    List<PlanFault> faults = new ArrayList<>(InjectionFaults.of(wished, brief.plan(), progress));
    Injection injection = brief.tightened(wished);
    if (faults.isEmpty()) {
      faults.addAll(brief.with(injection).faults());
    }
    return faults.isEmpty()
        ? draft.then(
            new RunEvent.StepsInjected(
                injection, InjectionFaults.givenUp(wished, brief.plan(), progress)))
        : Draft.no(new Refusal.BadPlan(faults));
  }

  Answer answer(Run.Working w, StepId step, String answer) {
    return switch (w.progress().steps().get(step)) {
      case StepState.Asking _ -> draft.then(new RunEvent.QuestionAnswered(step, answer));
      case null -> Draft.no(new Refusal.NoSuchStep(step));
      case StepState state -> Draft.no(new Refusal.StepNotNow(step, state.status(), "answer"));
    };
  }

  Answer approve(Run.Working w, StepId step, String comment) {
    return switch (w.progress().steps().get(step)) {
      case StepState.NeedsQa _ -> draft.then(new RunEvent.QaApproved(step, comment));
      case null -> Draft.no(new Refusal.NoSuchStep(step));
      case StepState state -> Draft.no(new Refusal.StepNotNow(step, state.status(), "approve"));
    };
  }

  Answer reject(Run.Working w, StepId step, String comment) {
    return switch (w.progress().steps().get(step)) {
      case StepState.NeedsQa q ->
          attempts.failed(
              w,
              step,
              q,
              Failure.recoverable("a person rejected it: " + comment),
              new Response.Retry());
      case null -> Draft.no(new Refusal.NoSuchStep(step));
      case StepState state -> Draft.no(new Refusal.StepNotNow(step, state.status(), "reject"));
    };
  }

  /**
   * Again is fine. A halt from above leaves a run alone that is held already; a spent budget does
   * so unless its work was still to end.
   */
  Answer halt(Run.Hold before, RunCommand.Halt halt) {
    boolean holds =
        switch (halt.hold()) {
          case HALT -> before != Run.Hold.HALT;
          case BUDGET -> before == Run.Hold.PAUSE;
          case HALT_ABOVE, PAUSE -> false;
        };
    return holds ? draft.then(new RunEvent.Halted(halt.hold(), halt.why())) : Draft.yes();
  }

  Answer runNext() {
    draft.then(new RunEvent.Resumed());
    return draft
        .working()
        .flatMap(w -> RunSchedule.nextToStart(w, draft.now()))
        .map(step -> draft.then(new RunEvent.StopSet(step, true)))
        .orElseGet(() -> draft.notNow(new RunCommand.RunNext()));
  }

  Answer instruct(Run.Working w, StepId step, String text) {
    return switch (w.progress().steps().get(step)) {
      case StepState.Pending(var tries) -> instruct(step, tries, text);
      case StepState.InFlight flying -> instruct(step, flying.tries(), text);
      case StepState.Blocked(var tries, _) -> instruct(step, tries, text);
      case StepState.Asking(var tries, _) -> instruct(step, tries, text);
      case StepState.Failed(var tries, _) -> instruct(step, tries, text);
      case null -> Draft.no(new Refusal.NoSuchStep(step));
      case StepState state -> Draft.no(new Refusal.StepNotNow(step, state.status(), "instruct"));
    };
  }

  /** The same words twice running are one instruction. */
  private Answer instruct(StepId step, Tries tries, String text) {
    List<String> before = tries.instructions();
    if (!before.isEmpty() && before.getLast().equals(text)) {
      return Draft.yes();
    }
    return before.size() < Tries.MOST_INSTRUCTIONS
        ? draft.then(new RunEvent.Instructed(step, text))
        : Draft.no(new Refusal.ToldEnough(step, Tries.MOST_INSTRUCTIONS));
  }

  Answer verify(Run.Working w, StepId step) {
    return switch (w.progress().steps().get(step)) {
      case StepState.NeedsQa _ -> draft.then(new RunEvent.VerificationRepeated(step));
      case null -> Draft.no(new Refusal.NoSuchStep(step));
      case StepState state -> Draft.no(new Refusal.StepNotNow(step, state.status(), "verify"));
    };
  }

  /** What is verified is delivered as ever, after the branch as a whole was measured. */
  Answer deliverNow(Run.Working w, String why) {
    if (w.progress().tip().equals(w.base().commit()) && !w.progress().hasVerified()) {
      return Draft.no(new Refusal.NothingVerified());
    }
    List<StepId> rest =
        w.progress().steps().entrySet().stream()
            .filter(entry -> isUnfinished(entry.getValue()))
            .map(Map.Entry::getKey)
            .toList();
    if (rest.isEmpty()) {
      return draft.notNow(new RunCommand.DeliverNow(why));
    }
    w.brief().stops().forEach(stop -> draft.then(new RunEvent.StopSet(stop, false)));
    rest.forEach(step -> draft.then(new RunEvent.StepSkipped(step, why)));
    return draft.run() instanceof Run.Paused ? draft.then(new RunEvent.Resumed()) : Draft.yes();
  }

  private static boolean isUnfinished(StepState state) {
    return !state.isDone() && !(state instanceof StepState.Verified);
  }

  Answer retry(Run.Working w, StepId step) {
    return switch (w.progress().steps().get(step)) {
      case StepState.Blocked _, StepState.Failed _ -> draft.then(new RunEvent.StepReopened(step));
      case null -> Draft.no(new Refusal.NoSuchStep(step));
      case StepState state -> Draft.no(new Refusal.StepNotNow(step, state.status(), "retry"));
    };
  }

  /** What the last attempt has left was made from the commit it started from. */
  Answer goOn(Run.Working w, RunCommand.ContinueStep command) {
    StepId step = command.step();
    return switch (w.progress().steps().get(step)) {
      case StepState.Blocked(var tries, _) -> goOn(w, command, tries);
      case StepState.Failed(var tries, _) -> goOn(w, command, tries);
      case null -> Draft.no(new Refusal.NoSuchStep(step));
      case StepState state -> Draft.no(new Refusal.StepNotNow(step, state.status(), "continue"));
    };
  }

  private Answer goOn(Run.Working w, RunCommand.ContinueStep command, Tries tries) {
    StepId step = command.step();
    if (!(tries.last() instanceof Tries.Last.Failed) || tries.attempts() != command.attempt()) {
      return Draft.no(
          new Refusal.NothingToContinue(
              step, "attempt " + command.attempt() + " is not its last one, or did not fail"));
    }
    if (tries.lastConflicted()) {
      return Draft.no(
          new Refusal.NothingToContinue(
              step, "its change could not join the branch, and would not do so again; retry it"));
    }
    int last = Math.min(tries.engine(), w.planned(step).engines().size() - 1);
    return switch (command.left()) {
      case Beginning.Left(var work) -> draft.then(new RunEvent.StepContinued(step, last, work));
      case Beginning.Fresh _ ->
          Draft.no(
              new Refusal.NothingToContinue(
                  step, "attempt " + command.attempt() + " has left no change; retry it"));
    };
  }

  Answer skip(Run.Working w, StepId step, String reason) {
    return switch (w.progress().steps().get(step)) {
      case StepState.Pending _,
          StepState.Executing _,
          StepState.Verifying _,
          StepState.NeedsQa _,
          StepState.Blocked _,
          StepState.Asking _,
          StepState.Failed _ ->
          draft.then(new RunEvent.StepSkipped(step, reason));
      case null -> Draft.no(new Refusal.NoSuchStep(step));
      case StepState state -> Draft.no(new Refusal.StepNotNow(step, state.status(), "skip"));
    };
  }

  /** Blocked steps first: whatever they do, the branch as a whole is verified after them. */
  Answer retryAll(Run.Working w) {
    if (isHeldByTipAlone(w)) {
      return draft.then(new RunEvent.TipVerificationStarted());
    }
    w.progress()
        .steps()
        .forEach((step, state) -> {
          if (state instanceof StepState.Blocked) {
            draft.then(new RunEvent.StepReopened(step));
          }
        });
    return draft.isEmpty() ? draft.notNow(new RunCommand.Retry()) : Draft.yes();
  }

  private boolean isHeldByTipAlone(Run.Working w) {
    return draft.run() instanceof Run.Working
        && w.progress().lane() instanceof Lane.TipHeld
        && w.progress()
            .states()
            .places(Status.PENDING, Status.RUNNING, Status.NEEDS_QA, Status.BLOCKED)
            .findAny()
            .isEmpty();
  }

  Answer approveTip(Run.Working w, String comment) {
    return switch (w.progress().lane()) {
      case Lane.TipHeld(_, var approvable) when approvable ->
          draft.then(new RunEvent.TipApproved(comment));
      case Lane.Free _, Lane.Integrating _, Lane.VerifyingTip _, Lane.TipHeld _ ->
          draft.notNow(new RunCommand.ApproveTip(comment));
    };
  }
}
