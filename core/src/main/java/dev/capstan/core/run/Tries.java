package dev.capstan.core.run;

import dev.capstan.core.CommitId;
import dev.capstan.core.evidence.Response;
import dev.capstan.core.evidence.Violation;
import java.util.ArrayList;
import java.util.List;

/**
 * How often a step was tried.
 *
 * @param attempts ever made
 * @param engine index of the engine that is next
 * @param failures of that engine since a person last looked
 * @param last how the last of them ended
 * @param answered what engines asked and were told, oldest first
 * @param instructions what people told its engines, oldest first
 */
public record Tries(
    int attempts,
    int engine,
    int failures,
    Last last,
    List<Exchange> answered,
    List<String> instructions) {
  static final Tries NONE = new Tries(0, 0, 0, new Last.Nothing(), List.of(), List.of());

  /** So much is kept of what people tell the engines of a step. */
  static final int MOST_INSTRUCTIONS = 20;

  public Tries {
    answered = List.copyOf(answered);
    instructions = List.copyOf(instructions);
  }

  Tries afterAttempt(int number) {
    return new Tries(number, engine, failures, last, answered, instructions);
  }

  Tries afterFailure(int nextEngine, int failuresOfIt, Last failure) {
    return new Tries(attempts, nextEngine, failuresOfIt, failure, answered, instructions);
  }

  /** With every engine again. */
  Tries afresh() {
    return new Tries(attempts, 0, 0, last, answered, instructions);
  }

  Tries told(Exchange exchange) {
    List<Exchange> all = new ArrayList<>(answered);
    all.add(exchange);
    return new Tries(attempts, engine, failures, last, all, instructions);
  }

  Tries instructed(String text) {
    List<String> all = new ArrayList<>(instructions);
    all.add(text);
    return new Tries(attempts, engine, failures, last, answered, all);
  }

  /** With every engine again, and nothing to fix. */
  Tries rewound() {
    return new Tries(attempts, 0, 0, new Last.Nothing(), answered, instructions);
  }

  /** How a try ended, as far as the next one must know. */
  public sealed interface Last {
    /** There was none. */
    record Nothing() implements Last {}

    /** It failed, having started from that commit. */
    record Failed(CommitId from, Failure failure, Response response) implements Last {}
  }

  /** What the next attempt is given to fix. */
  List<Violation> toFix() {
    return switch (last) {
      case Last.Failed(_, var failure, Response.Fix _) -> failure.violations();
      case Last.Failed _, Last.Nothing _ -> List.of();
    };
  }

  /** True if the try before this one could not join the run's branch. */
  boolean lastConflicted() {
    return last instanceof Last.Failed(_, var failure, _)
        && failure.violations().stream()
            .anyMatch(violation -> violation.category() == Violation.Category.CONFLICT);
  }

  /** True if the same engine failed just so from the same commit. */
  boolean failedAlike(CommitId from, Failure failure) {
    return failures > 0
        && last instanceof Last.Failed(var before, var known, _)
        && before.equals(from)
        && known.equals(failure.abridged());
  }
}
