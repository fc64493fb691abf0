package dev.capstan.core.run;

import dev.capstan.core.CommitId;
import dev.capstan.core.evidence.Response;
import dev.capstan.core.evidence.Violation;
import java.util.List;

/**
 * How often a step was tried.
 *
 * @param attempts ever made
 * @param engine index of the engine that is next
 * @param failures of that engine since a person last looked
 * @param last how the last of them ended
 */
public record Tries(int attempts, int engine, int failures, Last last) {
  static final Tries NONE = new Tries(0, 0, 0, new Last.Nothing());

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

  /** True if the same engine failed just so from the same commit. */
  boolean failedAlike(CommitId from, Failure failure) {
    return failures > 0
        && last instanceof Last.Failed(var before, var known, _)
        && before.equals(from)
        && known.equals(failure.abridged());
  }
}
