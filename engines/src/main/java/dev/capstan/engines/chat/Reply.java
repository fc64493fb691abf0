package dev.capstan.engines.chat;

import java.util.List;

/** What came of asking a model. */
public sealed interface Reply {
  /**
   * It answered.
   *
   * @param whole false if it was cut off because it had said as much as it may
   * @param tokens what the call took, in and out, as the provider says; 0 if it does not
   */
  record Said(String text, List<ToolCall> calls, boolean whole, long tokens) implements Reply {
    public Said {
      calls = List.copyOf(calls);
    }
  }

  /** It did not, and why. */
  record Refused(Reason reason, String message) implements Reply {}

  /** Why there is no answer. */
  enum Reason {
    NO_SUCH_MODEL,
    CONTEXT_FULL,
    RATE_LIMITED,
    BUDGET,
    NOT_SIGNED_IN,
    OTHER
  }
}
