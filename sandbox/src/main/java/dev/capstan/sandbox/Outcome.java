package dev.capstan.sandbox;

import java.time.Duration;

/** How a command ended. In every case nothing of it runs any more. */
public sealed interface Outcome {
  /**
   * It ended by itself.
   *
   * @param code its exit code, or 128 and the number of the signal that ended it
   */
  record Exited(int code, Duration took) implements Outcome {}

  /** It was still running after its time, and was killed. */
  record TimedOut(Duration limit) implements Outcome {}

  /**
   * It used up more than it may, and was killed.
   *
   * @param detail the limit and what was seen
   */
  record LimitExceeded(Limit limit, String detail) implements Outcome {}

  /** The thread that waited for it was interrupted, and it was killed. */
  record Stopped() implements Outcome {}

  /**
   * The command never ran: it wasn't found, or a folder is missing.
   *
   * <p>Not to be trusted as a proof: a command can imitate the message of a failed start.
   */
  record NotStarted(String reason) implements Outcome {}
}
