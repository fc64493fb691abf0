package dev.capstan.core.account;

import java.util.List;

/** The answer to a command. */
public sealed interface AccountDecision {
  /** These events follow, in this order; none if the command changes nothing. */
  record Accepted(List<AccountEvent> events) implements AccountDecision {
    public Accepted {
      events = List.copyOf(events);
    }
  }

  /** Nothing happens. */
  record Refused(AccountRefusal refusal) implements AccountDecision {}
}
