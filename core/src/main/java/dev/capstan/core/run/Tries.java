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
 * @param start what the next one starts with
 */
public record Tries(
    int attempts,
    int engine,
    int failures,
    Last last,
    List<Exchange> answered,
    List<String> instructions,
    Beginning start) {
  static final Tries NONE =
      new Tries(0, 0, 0, new Last.Nothing(), List.of(), List.of(), new Beginning.Fresh());

  /** So much is kept of what people tell the engines of a step. */
  static final int MOST_INSTRUCTIONS = 20;

  public Tries {
    answered = List.copyOf(answered);
    instructions = List.copyOf(instructions);
  }

  Tries afterAttempt(int number) {
    return new Tries(number, engine, failures, last, answered, instructions, new Beginning.Fresh());
  }

  Tries afterFailure(int nextEngine, int failuresOfIt, Last failure) {
    return new Tries(attempts, nextEngine, failuresOfIt, failure, answered, instructions, start);
  }

  /** With every engine again. */
  Tries afresh() {
    return new Tries(attempts, 0, 0, last, answered, instructions, start);
  }

  /** With that engine again, which goes on with what the last one has left. */
  Tries continued(int from, CommitId work) {
    return new Tries(attempts, from, 0, last, answered, instructions, new Beginning.Left(work));
  }

  /** The commit that the next change is compared with, if the branch is at that tip. */
  CommitId from(CommitId tip) {
    return switch (start) {
      case Beginning.Fresh _ -> tip;
      case Beginning.Left _ ->
          switch (last) {
            case Last.Failed(var from, _, _) -> from;
            case Last.Nothing _ -> tip;
          };
    };
  }

  Tries told(Exchange exchange) {
    List<Exchange> all = new ArrayList<>(answered);
    all.add(exchange);
    return new Tries(attempts, engine, failures, last, all, instructions, start);
  }

  Tries instructed(String text) {
    List<String> all = new ArrayList<>(instructions);
    all.add(text);
    return new Tries(attempts, engine, failures, last, answered, all, start);
  }

  /** With every engine again, and nothing to fix. */
  Tries rewound() {
    return new Tries(
        attempts, 0, 0, new Last.Nothing(), answered, instructions, new Beginning.Fresh());
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
