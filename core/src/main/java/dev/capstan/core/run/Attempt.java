package dev.capstan.core.run;

import dev.capstan.core.CommitId;
import dev.capstan.core.evidence.Violation;
import java.util.List;

/**
 * One try at a step.
 *
 * @param number counts from 1 within the step
 * @param engine index into the step's engines
 * @param from the commit that its change is compared with
 * @param toFix what the attempt before did not keep, for the engine to read; often empty
 * @param answers what attempts before asked and were told, oldest first; often empty
 * @param instructions what people told the step's engines, oldest first; often empty
 * @param start which tree it starts with
 */
public record Attempt(
    int number,
    int engine,
    CommitId from,
    List<Violation> toFix,
    List<Exchange> answers,
    List<String> instructions,
    Beginning start) {
  public Attempt {
    toFix = List.copyOf(toFix);
    answers = List.copyOf(answers);
    instructions = List.copyOf(instructions);
  }

  /** A try that has nothing to fix and no answers. */
  public Attempt(int number, int engine, CommitId from) {
    this(number, engine, from, List.of(), List.of(), List.of(), new Beginning.Fresh());
  }

  /** The same, told everything that the step's engines were told. */
  Attempt told(List<String> everything) {
    return new Attempt(number, engine, from, toFix, answers, everything, start);
  }

  /** The same, made by another of the step's engines. */
  public Attempt by(int other) {
    return new Attempt(number, other, from, toFix, answers, instructions, start);
  }

  /** The commit whose tree it starts with. */
  public CommitId begin() {
    return switch (start) {
      case Beginning.Fresh _ -> from;
      case Beginning.Left(var work) -> work;
    };
  }
}
