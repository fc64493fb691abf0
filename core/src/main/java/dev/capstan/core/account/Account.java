package dev.capstan.core.account;

/**
 * What may be spent and what was. An immutable value; {@link AccountDecider} says what may happen
 * to it and {@link AccountHistory} what it becomes.
 */
public sealed interface Account {
  /** Not yet opened. */
  record Absent() implements Account {}

  /** Opened; everything but {@link Absent}. */
  sealed interface Known extends Account {
    Book book();
  }

  /** Spending is below the soft limit. */
  record Open(Book book) implements Known {}

  /** The soft limit is reached: work is asked to wrap up. */
  record Low(Book book) implements Known {}

  /** The hard limit is reached: only verification may reserve, from what is left to it. */
  record Shut(Book book) implements Known {}
}
