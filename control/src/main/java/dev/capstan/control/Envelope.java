package dev.capstan.control;

import dev.capstan.core.Actor;
import dev.capstan.core.RunId;
import dev.capstan.core.run.RunCommand;

/**
 * A command on its way to its run.
 *
 * @param by who wants it
 * @param correlation the request that it goes back to
 * @param causation what directly caused it
 * @param trace where in a trace that was, as W3C's traceparent; "" if nobody records it
 * @param condition what must hold besides, or the command is refused
 */
public record Envelope(
    RunId run,
    RunCommand command,
    Actor by,
    String correlation,
    String causation,
    String trace,
    Condition condition) {
  /** One that nobody traces. */
  public Envelope(
      RunId run,
      RunCommand command,
      Actor by,
      String correlation,
      String causation,
      Condition condition) {
    this(run, command, by, correlation, causation, "", condition);
  }

  /** What must hold besides the run's own rules. */
  public sealed interface Condition {
    /** Nothing. */
    record None() implements Condition {}

    /** The run is still as the sender saw it. */
    record AtVersion(long version) implements Condition {}

    /** The sender still holds the task's lease; it is given up with the command. */
    record Holding(Lease lease) implements Condition {}
  }
}
