package dev.capstan.core.account;

import dev.capstan.core.Amount;

/** Where one reservation stands. */
public sealed interface Entry {
  Purpose purpose();

  /** What was asked for, whatever became of it. */
  Amount reserved();

  /** It may be spent. */
  record Reserved(Purpose purpose, Amount reserved) implements Entry {}

  /** It was spent. */
  record Settled(Purpose purpose, Amount reserved, Cost cost) implements Entry {}

  /** It was given back. */
  record Released(Purpose purpose, Amount reserved) implements Entry {}
}
