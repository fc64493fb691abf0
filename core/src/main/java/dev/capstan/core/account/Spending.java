package dev.capstan.core.account;

import dev.capstan.core.Amount;

/** What was spent so far, as people should see it. */
public sealed interface Spending {
  /** All of it was measured. */
  record Exactly(Amount amount) implements Spending {}

  /** This much was measured; what {@code unknown} further reservations cost, nobody can say. */
  record AtLeast(Amount amount, int unknown) implements Spending {}
}
