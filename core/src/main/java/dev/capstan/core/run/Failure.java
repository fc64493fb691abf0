package dev.capstan.core.run;

import dev.capstan.core.evidence.Violation;
import java.util.List;

/**
 * Why a task did not do what it should.
 *
 * @param kind whether trying again can help
 * @param message what was wrong, where, and what to do
 * @param violations what was not kept, if that is the reason
 */
public record Failure(Kind kind, String message, List<Violation> violations) {
  /** Whether trying again can help. */
  public enum Kind {
    RECOVERABLE,
    TERMINAL
  }

  public Failure {
    violations = List.copyOf(violations);
  }

  private static final int MOST_KEPT = 50;

  /** The same with its first 50 violations: what a run remembers of it. */
  Failure abridged() {
    return violations.size() <= MOST_KEPT
        ? this
        : new Failure(kind, message, violations.subList(0, MOST_KEPT));
  }

  public static Failure recoverable(String message) {
    return new Failure(Kind.RECOVERABLE, message, List.of());
  }

  public static Failure terminal(String message) {
    return new Failure(Kind.TERMINAL, message, List.of());
  }
}
