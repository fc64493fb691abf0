package dev.capstan.control;

import dev.capstan.core.run.Refusal;

/** The answer to an {@link Envelope}, given once it is durable. */
public sealed interface Reply {
  /** It happened; {@code version} counts the run's events. */
  record Accepted(long version) implements Reply {}

  /** The run's rules do not allow it. */
  record Refused(Refusal refusal) implements Reply {}

  /** The run has changed since the sender looked. */
  record Conflict(long expected, long actual) implements Reply {}

  /** The lease was lost, and with it the right to report. */
  record LeaseLost() implements Reply {}
}
