package dev.capstan.core.run;

import dev.capstan.core.CommitId;
import dev.capstan.core.StepId;
import dev.capstan.core.evidence.Check;
import dev.capstan.core.evidence.Evidence;
import dev.capstan.core.evidence.Gate;
import dev.capstan.core.evidence.Response;
import dev.capstan.core.evidence.Violation;
import dev.capstan.core.evidence.Violation.Category;
import dev.capstan.core.plan.Injection;
import dev.capstan.core.plan.PlanFault;
import dev.capstan.core.plan.Step;
import dev.capstan.core.policy.Layer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What may happen to a run: the product's rules, one line for each pair of state and command. */
public final class RunDecider {
  private static final int MOST_QUESTIONS = 3;

  private final Run given;
  private final Instant now;
  private final List<RunEvent> events = new ArrayList<>();
  private Run run;

  private RunDecider(Run run, Instant now) {
    this.given = run;
    this.run = run;
    this.now = now;
  }

  /** Decides at the time {@code now}; the run itself is not touched. */
  public static Decision decide(Run run, RunCommand command, Instant now) {
    RunDecider decider = new RunDecider(run, now);
    return switch (decider.answer(command)) {
      case Yes _ -> {
        decider.followUp();
        yield new Decision.Accepted(decider.events);
      }
      case No(Refusal refusal) -> new Decision.Refused(refusal);
    };
  }

  private sealed interface Answer {}

  private record Yes() implements Answer {}

  private record No(Refusal refusal) implements Answer {}

  private record On(Run run, RunCommand command) {}

  private Answer answer(RunCommand command) {
    return switch (new On(run, command)) {
      case On(Run.Absent _, RunCommand.Create(var brief)) -> create(brief);
      case On(Run.Absent _, _) -> no(new Refusal.NoSuchRun());
      case On(Run.Known known, RunCommand.Create _) ->
          no(new Refusal.AlreadyExists(known.brief().run()));
      case On(
              Run.Ended(Run.Delivering d, Run.Outcome.Delivered _, var after),
              RunCommand.RecordCi(var report)) ->
          ciReported(d.progress().tip(), after, report);
      case On(
              Run.Ended(_, Run.Outcome.Delivered outcome, var after),
              RunCommand.RecordMerge(var branch, var commit)) ->
          merged(outcome, after, branch, commit);
      case On(Run.Ended _, _) -> no(new Refusal.RunEnded(run.status()));
      case On(Run.Known _, RunCommand.Cancel(var why)) -> then(new RunEvent.Cancelled(why));
      case On(Run.Known _, RunCommand.Elapse(Timer.RunLimit _)) ->
          then(new RunEvent.Failed("the run took longer than its time limit"));
      case On(Run.Pending _, RunCommand.Start _) -> then(new RunEvent.Started());
      case On(Run.Planned _, RunCommand.ApprovePlan(var comment)) ->
          then(new RunEvent.PlanApproved(comment));
      case On(Run.Planned _, RunCommand.RejectPlan(var comment)) ->
          then(new RunEvent.Cancelled("the plan was rejected: " + comment));
      case On(Run.Known known, RunCommand.StopAfter(var step, var stops)) ->
          stopAfter(known, step, stops);
      case On(Run.Pending _, RunCommand.Inject(var injection)) -> inject(injection);
      case On(Run.Planned _, RunCommand.Inject(var injection)) -> inject(injection);
      case On(Run.Active _, RunCommand.Pause(var why)) -> then(new RunEvent.Paused(why));
      case On(Run.Paused _, RunCommand.Resume _) -> then(new RunEvent.Resumed());
      case On(Run.Blocked(Run.Working w, _), RunCommand.Report _) -> working(w, command);
      case On(Run.Blocked(Run.Working w, _), RunCommand.Elapse _) -> working(w, command);
      case On(Run.Blocked _, RunCommand.Report _) -> notNow(command);
      case On(Run.Blocked _, RunCommand.Elapse _) -> new Yes();
      case On(Run.Blocked _, _) -> unblock(command);
      case On(Run.Paused(var within, _), _) -> active(within, command);
      case On(Run.Active within, _) -> active(within, command);
      case On(Run.Pending _, _), On(Run.Planned _, _) -> notNow(command);
    };
  }

  private Answer active(Run.Active within, RunCommand command) {
    return switch (new On(within, command)) {
      case On(Run.Preparing _, RunCommand.ReportPrepared(var base, var asked)) ->
          prepared(base, asked);
      case On(Run.Preparing(var brief, var failures), RunCommand.ReportTaskFailed(var failure)) ->
          taskFailed(brief, failure, failures);
      case On(Run.Measuring m, RunCommand.ReportBaseline(var baseline)) -> measured(m, baseline);
      case On(Run.Measuring m, RunCommand.ReportTaskFailed(var failure)) ->
          taskFailed(m.brief(), failure, m.failures());
      case On(Run.Preparing _, RunCommand.Inject(var injection)) -> inject(injection);
      case On(Run.Measuring _, RunCommand.Inject(var injection)) -> inject(injection);
      case On(Run.Working w, _) -> working(w, command);
      case On(Run.Delivering _, RunCommand.ReportDelivered(var pullRequests)) ->
          then(new RunEvent.Completed(new Run.Outcome.Delivered(pullRequests)));
      case On(Run.Delivering d, RunCommand.ReportTaskFailed(var failure)) ->
          taskFailed(d.brief(), failure, d.failures());
      case On(_, RunCommand.Elapse _) -> new Yes();
      case On(_, RunCommand.Retry _) ->
          run instanceof Run.Active && !events.isEmpty() ? new Yes() : notNow(command);
      case On(_, _) -> notNow(command);
    };
  }

  private Answer working(Run.Working w, RunCommand command) {
    return switch (command) {
      case RunCommand.ReportExecuted(var step, var attempt, var commit, var change) ->
          executing(
              w, step, attempt, _ -> then(new RunEvent.AttemptExecuted(step, commit, change)));
      case RunCommand.ReportUnchanged(var step, var attempt) ->
          executing(w, step, attempt, e -> unchanged(w, step, e));
      case RunCommand.ReportVerified(var step, var attempt, var evidence) ->
          verified(w, step, attempt, evidence);
      case RunCommand.ReportQuestion(var step, var attempt, var question) ->
          executing(w, step, attempt, e -> asked(w, step, e, question));
      case RunCommand.ReportAttemptFailed(var step, var attempt, var failure) ->
          attemptFailed(w, step, attempt, failure);
      case RunCommand.AnswerStep(var step, var answer) -> answer(w, step, answer);
      case RunCommand.Inject(var injection) -> inject(injection);
      case RunCommand.ApproveStep(var step, var comment) ->
          needingQa(w, step, "approve", _ -> then(new RunEvent.QaApproved(step, comment)));
      case RunCommand.RejectStep(var step, var comment) ->
          needingQa(
              w,
              step,
              "reject",
              q ->
                  failed(
                      w,
                      step,
                      q,
                      Failure.recoverable("a person rejected it: " + comment),
                      new Response.Retry()));
      case RunCommand.RetryStep(var step) -> retry(w, step);
      case RunCommand.SkipStep(var step, var reason) -> skip(w, step, reason);
      case RunCommand.Retry _ -> retryAll(w);
      case RunCommand.ApproveTip(var comment) -> approveTip(w, comment);
      case RunCommand.ReportIntegrated report -> integrated(w, report);
      case RunCommand.ReportTipVerified(var evidence) -> tipVerified(w, evidence);
      case RunCommand.ReportTaskFailed(var failure) -> laneFailed(w, failure);
      case RunCommand.Elapse(Timer.BarrierLimit(var step)) -> barrierElapsed(w, step);
      case RunCommand.Elapse(Timer.RunLimit _) -> new Yes();
      case RunCommand.Create _,
          RunCommand.Start _,
          RunCommand.ApprovePlan _,
          RunCommand.RejectPlan _,
          RunCommand.StopAfter _,
          RunCommand.Pause _,
          RunCommand.Resume _,
          RunCommand.Cancel _,
          RunCommand.ReportPrepared _,
          RunCommand.ReportBaseline _,
          RunCommand.ReportDelivered _,
          RunCommand.RecordCi _,
          RunCommand.RecordMerge _ ->
          notNow(command);
    };
  }

  // ---- before the work

  private Answer create(Brief brief) {
    List<PlanFault> faults = brief.plan().faults();
    return faults.isEmpty() ? then(new RunEvent.Created(brief)) : no(new Refusal.BadPlan(faults));
  }

  /** What the repository asks for holds from here on; it cannot loosen anything. */
  private Answer prepared(Run.Base base, Layer asked) {
    then(new RunEvent.Prepared(base));
    if (!asked.values().isEmpty()) {
      then(new RunEvent.PolicyTightened(asked));
    }
    return known(run)
        .brief()
        .forbiddenEngine()
        .map(why -> then(new RunEvent.Failed(why)))
        .orElseGet(Yes::new);
  }

  private static Run.Known known(Run run) {
    if (run instanceof Run.Known known) {
      return known;
    }
    throw new IllegalStateException("the run does not exist");
  }

  private Answer measured(Run.Measuring m, Baseline baseline) {
    then(new RunEvent.BaselineMeasured(baseline));
    return switch (m.brief().policy().planApproval()) {
      case AUTOMATIC -> approvedByPolicy();
      case PERSON -> new Yes();
    };
  }

  /** Between the stages a run cannot be paused, so a pause is renewed before any work starts. */
  private Answer approvedByPolicy() {
    then(new RunEvent.PlanApproved("approved by policy"));
    return given instanceof Run.Paused(_, var why) ? then(new RunEvent.Paused(why)) : new Yes();
  }

  // ---- attempts

  private Answer unchanged(Run.Working w, StepId step, StepState.Executing executing) {
    if (w.planned(step).expectations().mayChangeNothing()) {
      return then(new RunEvent.StepCompleted(step, w.progress().tip()));
    }
    Failure failure = Failure.terminal("the engine ended well but changed no file");
    return failed(w, step, executing, failure, response(w, step, failure));
  }

  /** A question is no failure, but an engine that only asks gets nowhere. */
  private Answer asked(Run.Working w, StepId step, StepState.Executing executing, String question) {
    if (executing.tries().answered().size() < MOST_QUESTIONS) {
      return then(new RunEvent.QuestionAsked(step, executing.attempt().number(), question));
    }
    Failure failure =
        Failure.terminal(
            "the engine was answered " + MOST_QUESTIONS + " times and asks again: " + question);
    return failed(w, step, executing, failure, response(w, step, failure));
  }

  private Answer verified(Run.Working w, StepId step, int attempt, Evidence evidence) {
    if (!(w.progress().steps().get(step) instanceof StepState.Verifying v)
        || v.attempt().number() != attempt) {
      return stale(step, attempt);
    }
    if (!evidence.commit().equals(v.commit())) {
      return no(
          new Refusal.Stale(
              "the evidence is about " + evidence.commit() + ", not about " + v.commit()));
    }
    return switch (Gate.judge(evidence, w.planned(step).expectations())) {
      case Gate.Open _ -> then(new RunEvent.AttemptVerified(step, evidence));
      case Gate.AsksPerson(var reasons) -> then(new RunEvent.QaRequested(step, evidence, reasons));
      case Gate.Shut(var checks) -> {
        then(new RunEvent.GateShut(step, evidence));
        Response response =
            w.planned(step)
                .expectations()
                .rules()
                .responses()
                .toShut(checks, evidence.violations());
        yield failed(
            w,
            step,
            v,
            new Failure(Failure.Kind.RECOVERABLE, inWords(checks), evidence.violations()),
            response);
      }
    };
  }

  private static String inWords(List<Check> checks) {
    return checks.stream()
        .map(check -> check.name() + ": " + check.reason())
        .collect(Collectors.joining("; "));
  }

  private Answer attemptFailed(Run.Working w, StepId step, int attempt, Failure failure) {
    return switch (w.progress().steps().get(step)) {
      case StepState.Executing e when e.attempt().number() == attempt ->
          failed(w, step, e, failure, response(w, step, failure));
      case StepState.Verifying v when v.attempt().number() == attempt ->
          failed(w, step, v, failure, response(w, step, failure));
      case null -> no(new Refusal.NoSuchStep(step));
      case StepState _ -> stale(step, attempt);
    };
  }

  private static Response response(Run.Working w, StepId step, Failure failure) {
    return w.planned(step).expectations().rules().responses().toFailure(failure.violations());
  }

  /**
   * Another try with this engine, or with the next one, or the end of the step's tries; then the
   * run's error threshold.
   */
  private Answer failed(
      Run.Working w, StepId id, StepState.InFlight at, Failure failure, Response response) {
    Step step = w.planned(id);
    RetryPolicy policy = w.brief().policy().retryOf(step.kind());
    int engine =
        switch (response) {
          case Response.Block _ -> at.attempt().engine();
          case Response.Escalate _ -> at.attempt().engine() + 1;
          case Response.Fix _, Response.Retry _, Response.Ignore _ ->
              at.attempt().engine() + (mayTryAgain(step, at, failure, policy) ? 0 : 1);
        };
    then(new RunEvent.AttemptFailed(id, at.attempt().number(), failure, engine, response));
    if (response instanceof Response.Block) {
      then(new RunEvent.StepBlocked(id, "policy asks for a person: " + failure.message()));
    } else if (engine >= step.engines().size()) {
      then(
          switch (policy.exhausted()) {
            case BLOCK -> new RunEvent.StepBlocked(id, failure.message());
            case FAIL -> new RunEvent.StepFailed(id, failure.message());
          });
    }
    return threshold(w, failure);
  }

  /** A deterministic engine that failed twice alike from one commit would fail so for ever. */
  private static boolean mayTryAgain(
      Step step, StepState.InFlight at, Failure failure, RetryPolicy policy) {
    boolean hopeless =
        step.engines().get(at.attempt().engine()).isDeterministic()
            && at.tries().failedAlike(at.attempt().from(), failure);
    return failure.kind() == Failure.Kind.RECOVERABLE
        && at.tries().failures() + 1 < policy.attempts()
        && !hopeless;
  }

  private Answer threshold(Run.Working w, Failure failure) {
    int threshold = w.brief().policy().failedAttempts();
    return w.progress().failedAttempts() + 1 >= threshold
        ? then(
            new RunEvent.Failed(
                threshold
                    + " attempts failed, which is the run's error threshold; the last: "
                    + failure.message()))
        : new Yes();
  }

  // ---- people

  private Answer answer(Run.Working w, StepId step, String answer) {
    return switch (w.progress().steps().get(step)) {
      case StepState.Asking _ -> then(new RunEvent.QuestionAnswered(step, answer));
      case null -> no(new Refusal.NoSuchStep(step));
      case StepState state -> no(new Refusal.StepNotNow(step, state.status(), "answer"));
    };
  }

  private Answer stopAfter(Run.Known known, StepId step, boolean stops) {
    if (known.brief().plan().steps().stream().noneMatch(one -> one.id().equals(step))) {
      return no(new Refusal.NoSuchStep(step));
    }
    if (stops && progressIn(known).map(p -> p.of(step).isDone()).orElse(false)) {
      return no(new Refusal.StepNotNow(step, StepState.Status.COMPLETED, "stop after"));
    }
    return known.brief().stops().contains(step) == stops
        ? new Yes()
        : then(new RunEvent.StopSet(step, stops));
  }

  /** The run as it is decides what the plan still has room for. */
  private Answer inject(Injection wished) {
    Brief brief = known(run).brief();
    Optional<Progress> progress = progressIn(run);
    List<PlanFault> faults = new ArrayList<>(InjectionFaults.of(wished, brief.plan(), progress));
    Injection injection = brief.tightened(wished);
    if (faults.isEmpty()) {
      faults.addAll(brief.with(injection).faults());
    }
    return faults.isEmpty()
        ? then(
            new RunEvent.StepsInjected(
                injection, InjectionFaults.givenUp(wished, brief.plan(), progress)))
        : no(new Refusal.BadPlan(faults));
  }

  private Answer retry(Run.Working w, StepId step) {
    return switch (w.progress().steps().get(step)) {
      case StepState.Blocked _, StepState.Failed _ -> then(new RunEvent.StepReopened(step));
      case null -> no(new Refusal.NoSuchStep(step));
      case StepState state -> no(new Refusal.StepNotNow(step, state.status(), "retry"));
    };
  }

  private Answer skip(Run.Working w, StepId step, String reason) {
    return switch (w.progress().steps().get(step)) {
      case StepState.Pending _,
          StepState.Executing _,
          StepState.Verifying _,
          StepState.NeedsQa _,
          StepState.Blocked _,
          StepState.Asking _,
          StepState.Failed _ ->
          then(new RunEvent.StepSkipped(step, reason));
      case null -> no(new Refusal.NoSuchStep(step));
      case StepState state -> no(new Refusal.StepNotNow(step, state.status(), "skip"));
    };
  }

  private Answer retryAll(Run.Working w) {
    boolean held = w.progress().lane() instanceof Lane.TipHeld && !w.progress().hasVerified();
    if (held && run instanceof Run.Working) {
      return then(new RunEvent.TipVerificationStarted());
    }
    w.progress()
        .steps()
        .forEach((step, state) -> {
          if (state instanceof StepState.Blocked) {
            then(new RunEvent.StepReopened(step));
          }
        });
    return events.isEmpty() ? notNow(new RunCommand.Retry()) : new Yes();
  }

  private Answer approveTip(Run.Working w, String comment) {
    return switch (w.progress().lane()) {
      case Lane.TipHeld(_, var approvable) when approvable ->
          then(new RunEvent.TipApproved(comment));
      case Lane.Free _, Lane.Integrating _, Lane.VerifyingTip _, Lane.TipHeld _ ->
          notNow(new RunCommand.ApproveTip(comment));
    };
  }

  private Answer barrierElapsed(Run.Working w, StepId step) {
    return w.progress().steps().get(step) instanceof StepState.Pending(var tries)
            && tries.attempts() == 0
            && !w.progress().opens(w.planned(step).barrier())
        ? then(
            new RunEvent.StepBlocked(
                step, "the steps it waits for were not done within its time limit"))
        : new Yes();
  }

  // ---- the branch

  private Answer integrated(Run.Working w, RunCommand.ReportIntegrated report) {
    if (!(w.progress().lane() instanceof Lane.Integrating(var steps, _))) {
      return no(new Refusal.Stale("no integration is under way"));
    }
    List<StepId> reported =
        Stream.concat(report.integrated().stream(), report.conflicts().keySet().stream())
            .sorted()
            .toList();
    if (!reported.equals(steps.stream().sorted().toList())) {
      return no(
          new Refusal.Stale(
              "it is about " + names(reported) + ", but " + names(steps) + " is being integrated"));
    }
    then(new RunEvent.Integrated(report.tip(), report.integrated()));
    new TreeMap<>(report.conflicts()).forEach(this::conflicting);
    return new Yes();
  }

  /** Nothing more is said once the conflicts before it have ended the run. */
  private void conflicting(StepId step, List<RunCommand.Clash> clashes) {
    Optional<Run.Working> w = workingIn(run);
    if (w.isPresent() && w.get().progress().of(step) instanceof StepState.Verified v) {
      Failure failure =
          new Failure(
              Failure.Kind.RECOVERABLE,
              "its change conflicts with the run's branch on "
                  + clashes.stream().map(RunDecider::inWords).collect(Collectors.joining(", ")),
              clashes.stream().map(RunDecider::violation).toList());
      if (v.tries().lastConflicted()) {
        failed(w.get(), step, v, failure, new Response.Retry());
      } else {
        again(w.get(), step, v, failure);
      }
    }
  }

  private static String inWords(RunCommand.Clash clash) {
    return clash.sides().isEmpty() ? clash.path() : clash.path() + " (" + clash.sides() + ")";
  }

  private static Violation violation(RunCommand.Clash clash) {
    String sides = clash.sides().isEmpty() ? "" : ": " + clash.sides();
    return new Violation(Category.CONFLICT, clash.path(), "both have changed it" + sides);
  }

  /**
   * The first conflict is nobody's fault: it is made again on the new tip, whatever policy says.
   */
  private void again(Run.Working w, StepId step, StepState.Verified at, Failure failure) {
    then(
        new RunEvent.AttemptFailed(
            step, at.attempt().number(), failure, at.attempt().engine(), new Response.Retry()));
    threshold(w, failure);
  }

  private static String names(List<StepId> steps) {
    return steps.stream().map(StepId::value).collect(Collectors.joining(", "));
  }

  private Answer tipVerified(Run.Working w, Evidence evidence) {
    if (!(w.progress().lane() instanceof Lane.VerifyingTip)
        || !evidence.commit().equals(w.progress().tip())) {
      return no(
          new Refusal.Stale(
              "the tip " + evidence.commit().abbreviated() + " is not being verified"));
    }
    return switch (Gate.judge(evidence, w.brief().plan().together())) {
      case Gate.Open _ -> then(new RunEvent.TipVerified(evidence));
      case Gate.AsksPerson(var reasons) -> holdTip(evidence, String.join("; ", reasons), true);
      case Gate.Shut(var checks) ->
          holdTip(
              evidence, "the steps pass one by one but not together: " + inWords(checks), false);
    };
  }

  private Answer holdTip(Evidence evidence, String reason, boolean approvable) {
    then(new RunEvent.TipHeld(evidence, reason, approvable));
    return then(new RunEvent.Blocked(reason));
  }

  private Answer laneFailed(Run.Working w, Failure failure) {
    return switch (w.progress().lane()) {
      case Lane.Integrating(_, var failures) -> taskFailed(w.brief(), failure, failures);
      case Lane.VerifyingTip(var failures) -> taskFailed(w.brief(), failure, failures);
      case Lane.Free _, Lane.TipHeld _ -> no(new Refusal.Stale("no such task is under way"));
    };
  }

  private Answer taskFailed(Brief brief, Failure failure, int failures) {
    RetryPolicy policy = brief.policy().retry();
    boolean again = failure.kind() == Failure.Kind.RECOVERABLE && failures + 1 < policy.attempts();
    Duration delay = policy.delayAfter(failures + 1, brief.run().hashCode());
    return then(
        again
            ? new RunEvent.TaskFailed(failure, now.plus(delay))
            : new RunEvent.Blocked(failure.message()));
  }

  // ---- after delivery

  /** What was said already, or was said before what is known, is nothing new. */
  private Answer ciReported(CommitId tip, Aftermath after, CiReport report) {
    Optional<CiReport> last = after.last(report);
    if (last.filter(known -> known.equals(report) || known.at().isAfter(report.at())).isPresent()) {
      return new Yes();
    }
    if (last.isEmpty() && after.isFull(tip, report.commit())) {
      return no(
          new Refusal.Stale(
              "CI has reported " + Aftermath.MOST + " checks of the run, and no more are kept"));
    }
    return then(new RunEvent.CiReported(report, report.commit().equals(tip)));
  }

  private Answer merged(
      Run.Outcome.Delivered delivered, Aftermath after, String branch, CommitId commit) {
    if (delivered.pullRequests().stream().noneMatch(one -> one.branch().equals(branch))) {
      return no(new Refusal.Stale("the run has delivered no branch " + branch));
    }
    return after.merged().containsKey(branch)
        ? new Yes()
        : then(new RunEvent.Merged(branch, commit));
  }

  // ---- grammar

  /**
   * A person's command to a blocked run is decided as if it were not blocked; if it is refused, it
   * stays so.
   */
  private Answer unblock(RunCommand command) {
    then(new RunEvent.Unblocked());
    return run instanceof Run.Active within ? active(within, command) : notNow(command);
  }

  private interface Given<S> {
    Answer then(S state);
  }

  private Answer executing(
      Run.Working w, StepId step, int attempt, Given<StepState.Executing> given) {
    return w.progress().steps().get(step) instanceof StepState.Executing e
            && e.attempt().number() == attempt
        ? given.then(e)
        : stale(step, attempt);
  }

  private Answer needingQa(
      Run.Working w, StepId step, String what, Given<StepState.NeedsQa> given) {
    return switch (w.progress().steps().get(step)) {
      case StepState.NeedsQa q -> given.then(q);
      case null -> no(new Refusal.NoSuchStep(step));
      case StepState state -> no(new Refusal.StepNotNow(step, state.status(), what));
    };
  }

  private static Optional<Run.Working> workingIn(Run run) {
    return switch (run) {
      case Run.Working w -> Optional.of(w);
      case Run.Paused(Run.Working w, _) -> Optional.of(w);
      case Run.Absent _, Run.Known _ -> Optional.empty();
    };
  }

  private static Optional<Progress> progressIn(Run run) {
    return switch (run) {
      case Run.Working w -> Optional.of(w.progress());
      case Run.Delivering d -> Optional.of(d.progress());
      case Run.Paused(var within, _) -> progressIn(within);
      case Run.Blocked(var within, _) -> progressIn(within);
      case Run.Absent _, Run.Known _ -> Optional.empty();
    };
  }

  private Answer then(RunEvent event) {
    events.add(event);
    run = RunHistory.evolve(run, event);
    return new Yes();
  }

  private static Answer no(Refusal refusal) {
    return new No(refusal);
  }

  private static Answer stale(StepId step, int attempt) {
    return no(new Refusal.Stale("attempt " + attempt + " of step " + step + " is not under way"));
  }

  private Answer notNow(RunCommand command) {
    return no(new Refusal.NotNow(given.status(), inWords(command)));
  }

  private static String inWords(RunCommand command) {
    return command
        .getClass()
        .getSimpleName()
        .replaceAll("(?<=[a-z])(?=[A-Z])", " ")
        .toLowerCase(Locale.ROOT);
  }

  /** What follows by itself, until nothing does. A paused run starts nothing. */
  private void followUp() {
    while (run instanceof Run.Working w) {
      RunEvent next = RunSchedule.next(w, now).orElse(null);
      if (next == null) {
        return;
      }
      then(next);
    }
  }
}
