package dev.capstan.core.run;

import dev.capstan.core.CommitId;
import dev.capstan.core.evidence.Violation;
import java.util.List;

/**
 * One try at a step.
 *
 * @param number counts from 1 within the step
 * @param engine index into the step's engines
 * @param from the commit whose tree it starts with
 * @param toFix what the attempt before did not keep, for the engine to read; often empty
 */
public record Attempt(int number, int engine, CommitId from, List<Violation> toFix) {
  public Attempt {
    toFix = List.copyOf(toFix);
  }

  /** A try that has nothing to fix. */
  public Attempt(int number, int engine, CommitId from) {
    this(number, engine, from, List.of());
  }
}
