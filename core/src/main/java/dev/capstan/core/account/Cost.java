package dev.capstan.core.account;

import dev.capstan.core.Amount;

/** What something turned out to cost. */
public sealed interface Cost {
  /** It was measured. */
  record Known(Amount amount) implements Cost {}

  /** Nobody can say; never the same as nothing. */
  record Unknown() implements Cost {}
}
