package dev.capstan.core.run;

import java.util.List;

/** The answer to a command. */
public sealed interface Decision {
  /** These events follow, in this order; none if the command changes nothing. */
  record Accepted(List<RunEvent> events) implements Decision {
    public Accepted {
      events = List.copyOf(events);
    }
  }

  /** Nothing happens. */
  record Refused(Refusal refusal) implements Decision {}
}
