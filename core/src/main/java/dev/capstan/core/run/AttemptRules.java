package dev.capstan.core.run;

import dev.capstan.core.StepId;
import dev.capstan.core.evidence.Check;
import dev.capstan.core.evidence.Evidence;
import dev.capstan.core.evidence.Gate;
import dev.capstan.core.evidence.Response;
import dev.capstan.core.plan.Step;
import dev.capstan.core.run.Draft.Answer;
import java.util.List;
import java.util.stream.Collectors;

/** How attempts end, and what follows when they fail. */
final class AttemptRules {
  private static final int MOST_QUESTIONS = 3;

  private final Draft draft;

  AttemptRules(Draft draft) {
    this.draft = draft;
  }

  Answer executed(Run.Working w, RunCommand.ReportExecuted report) {
    return executing(
        w,
        report.step(),
        report.attempt(),
        _ ->
            draft.then(
                new RunEvent.AttemptExecuted(report.step(), report.commit(), report.change())));
  }

  Answer unchanged(Run.Working w, StepId step, int attempt) {
    return executing(w, step, attempt, executing -> unchanged(w, step, executing));
  }

  private Answer unchanged(Run.Working w, StepId step, StepState.Executing executing) {
    if (w.planned(step).expectations().mayChangeNothing()) {
      return draft.then(new RunEvent.StepCompleted(step, w.progress().tip()));
    }
    Failure failure = Failure.terminal("the engine ended well but changed no file");
    return failed(w, step, executing, failure, response(w, step, failure));
  }

  Answer asked(Run.Working w, StepId step, int attempt, String question) {
    return executing(w, step, attempt, executing -> asked(w, step, executing, question));
  }

  /** A question is no failure, but an engine that only asks gets nowhere. */
  private Answer asked(Run.Working w, StepId step, StepState.Executing executing, String question) {
    if (executing.tries().answered().size() < MOST_QUESTIONS) {
      return draft.then(new RunEvent.QuestionAsked(step, executing.attempt().number(), question));
    }
    Failure failure =
        Failure.terminal(
            "the engine was answered " + MOST_QUESTIONS + " times and asks again: " + question);
    return failed(w, step, executing, failure, response(w, step, failure));
  }

  Answer verified(Run.Working w, StepId step, int attempt, Evidence evidence) {
    if (!(w.progress().steps().get(step) instanceof StepState.Verifying v)
        || v.attempt().number() != attempt) {
      return Draft.stale(step, attempt);
    }
    if (!evidence.commit().equals(v.commit())) {
      return Draft.no(
          new Refusal.Stale(
              "the evidence is about " + evidence.commit() + ", not about " + v.commit()));
    }
    return switch (Gate.judge(evidence, w.planned(step).expectations())) {
      case Gate.Open _ -> draft.then(new RunEvent.AttemptVerified(step, evidence));
      case Gate.AsksPerson(var reasons) ->
          draft.then(new RunEvent.QaRequested(step, evidence, reasons));
      case Gate.Shut(var checks) -> {
        draft.then(new RunEvent.GateShut(step, evidence));
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

  static String inWords(List<Check> checks) {
    return checks.stream()
        .map(check -> check.name() + ": " + check.reason())
        .collect(Collectors.joining("; "));
  }

  Answer attemptFailed(Run.Working w, StepId step, int attempt, Failure failure) {
    return switch (w.progress().steps().get(step)) {
      case StepState.Executing e when e.attempt().number() == attempt ->
          failed(w, step, e, failure, response(w, step, failure));
      case StepState.Verifying v when v.attempt().number() == attempt ->
          failed(w, step, v, failure, response(w, step, failure));
      case null -> Draft.no(new Refusal.NoSuchStep(step));
      case StepState _ -> Draft.stale(step, attempt);
    };
  }

  private static Response response(Run.Working w, StepId step, Failure failure) {
    return w.planned(step).expectations().rules().responses().toFailure(failure.violations());
  }

  /**
   * Another try with this engine, or with the next one, or the end of the step's tries; then the
   * run's error threshold.
   */
  Answer failed(
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
    draft.then(new RunEvent.AttemptFailed(id, at.attempt().number(), failure, engine, response));
    if (response instanceof Response.Block) {
      draft.then(new RunEvent.StepBlocked(id, "policy asks for a person: " + failure.message()));
    } else if (engine >= step.engines().size()) {
      draft.then(
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

  Answer threshold(Run.Working w, Failure failure) {
    int threshold = w.brief().policy().failedAttempts();
    return w.progress().failedAttempts() + 1 >= threshold
        ? draft.then(
            new RunEvent.Failed(
                threshold
                    + " attempts failed, which is the run's error threshold; the last: "
                    + failure.message()))
        : Draft.yes();
  }

  private interface Given {
    Answer then(StepState.Executing state);
  }

  private static Answer executing(Run.Working w, StepId step, int attempt, Given given) {
    return w.progress().steps().get(step) instanceof StepState.Executing e
            && e.attempt().number() == attempt
        ? given.then(e)
        : Draft.stale(step, attempt);
  }
}
