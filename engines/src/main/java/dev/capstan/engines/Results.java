package dev.capstan.engines;

import dev.capstan.core.evidence.Violation;
import dev.capstan.core.evidence.Violation.Category;
import dev.capstan.core.run.Failure;
import dev.capstan.engines.Engine.Result;
import dev.capstan.sandbox.Outcome;
import java.util.List;
import java.util.Locale;

/** What the end of a program in the sandbox means for the work it did. */
public final class Results {
  private Results() {}

  /** An agent without any model. */
  public static Result withoutModels(String agent) {
    return new Result.Failed(
        Failure.terminal(agent + " needs a language model: describe providers in models.yaml"));
  }

  /**
   * The result.
   *
   * @param program its name, for messages
   * @param complaint what it said was wrong, if anything
   */
  public static Result of(String program, Outcome outcome, String complaint) {
    return switch (outcome) {
      case Outcome.Exited(var code, _) when code == 0 -> new Result.Done();
      case Outcome.Exited(var code, _) ->
          new Result.Failed(
              Failure.recoverable(
                  program
                      + " ended with exit code "
                      + code
                      + (complaint.isEmpty() ? "" : ": " + complaint)));
      case Outcome.TimedOut(var limit) ->
          broken(
              Category.TIME_OUT,
              program,
              "still running after " + limit.toSeconds() + " s, its time limit");
      case Outcome.LimitExceeded(var limit, var detail) ->
          broken(
              Category.LIMIT,
              program,
              "limit on " + limit.name().toLowerCase(Locale.ROOT) + " exceeded: " + detail);
      case Outcome.NotStarted(var reason) ->
          new Result.Failed(Failure.terminal(program + " could not be started: " + reason));
      case Outcome.Stopped _ -> new Result.Stopped();
    };
  }

  private static Result broken(Category category, String program, String detail) {
    return new Result.Failed(
        new Failure(
            Failure.Kind.RECOVERABLE,
            program + " was ended: " + detail,
            List.of(new Violation(category, program, detail))));
  }
}
