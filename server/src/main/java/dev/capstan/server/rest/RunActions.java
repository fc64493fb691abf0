package dev.capstan.server.rest;

import dev.capstan.api.Action;
import dev.capstan.api.ActionRequest;
import dev.capstan.control.Reply;
import dev.capstan.control.RunService;
import dev.capstan.control.RunService.Request;
import dev.capstan.core.RunId;
import dev.capstan.core.StepId;
import java.util.List;
import java.util.Optional;

/** What people ask of a run by the name of an action. */
public final class RunActions {
  private static final int LONGEST_TEXT = 4_000;

  private final RunService runs;
  private final LeftWork left;

  public RunActions(RunService runs, LeftWork left) {
    this.runs = runs;
    this.left = left;
  }

  /** The action of that name, as the last segment of an address has it. */
  public static Action action(String path) {
    for (Action action : Action.values()) {
      if (action.path().equals(path)) {
        return action;
      }
    }
    throw ApiException.notFound("a run has no action \"" + path + '"');
  }

  /** Throws {@link ApiException} if something that the action needs was not said. */
  public Reply act(RunId run, Action action, ActionRequest asked, Request request) {
    Optional<StepId> step =
        asked.step().isEmpty() ? Optional.empty() : Optional.of(new StepId(asked.step()));
    return act(run, action, step, asked.comment(), request);
  }

  private Reply act(
      RunId run, Action action, Optional<StepId> step, String comment, Request request) {
    return switch (action) {
      case START -> runs.start(run, request);
      case APPROVE -> runs.approve(run, step, comment, request);
      case REJECT -> runs.reject(run, step, comment, request);
      case RETRY -> runs.retry(run, step, request);
      case CONTINUE -> goOn(run, named(step, "continue"), request);
      case SKIP -> runs.skip(run, named(step, "skip"), comment, request);
      case ANSWER -> answer(run, step, comment, request);
      case INSTRUCT ->
          runs.instruct(run, named(step, "instruct"), text("an instruction", comment), request);
      case VERIFY -> runs.verify(run, step, request);
      case RERUN -> runs.rerun(run, named(step, "run again from"), comment, request);
      case DELIVER -> runs.deliverNow(run, given(comment, "a person wanted it now"), request);
      case NEXT -> runs.runNext(run, request);
      case HALT -> runs.halt(run, given(comment, "by a person"), request);
      case LIFT -> runs.lift(run, request);
      case STOP_AFTER -> runs.stopAfter(run, named(step, "stop after"), true, request);
      case GO_ON_AFTER -> runs.stopAfter(run, named(step, "go on after"), false, request);
      case PAUSE -> runs.pause(run, comment, request);
      case RESUME -> runs.resume(run, request);
      case CANCEL -> runs.cancel(run, comment, request);
    };
  }

  private static StepId named(Optional<StepId> step, String what) {
    return step.orElseThrow(() -> ApiException.invalid("name the step to " + what));
  }

  private Reply goOn(RunId run, StepId step, Request request) {
    int attempt = runs.attempts(run, step);
    return runs.goOn(run, step, attempt, left.of(run, step, attempt), request);
  }

  private Reply answer(RunId run, Optional<StepId> step, String text, Request request) {
    String answer = text("an answer", text);
    List<StepId> asking = runs.asking(run);
    if (step.isEmpty() && asking.size() != 1) {
      throw ApiException.invalid(
          asking.isEmpty()
              ? "no step of the run asks anything"
              : "name the step: " + asking + " ask");
    }
    return runs.answer(run, step.orElseGet(asking::getFirst), answer, request);
  }

  private static String text(String what, String text) {
    if (text.isBlank() || text.length() > LONGEST_TEXT) {
      throw ApiException.invalid(what + " has 1 to " + LONGEST_TEXT + " characters");
    }
    return text.strip();
  }

  private static String given(String comment, String otherwise) {
    return comment.isBlank() ? otherwise : comment;
  }
}
