package dev.capstan.core.account;

import dev.capstan.core.Amount;

/** What may be asked of an account. */
public sealed interface AccountCommand {
  record Open(AccountId account, Limits limits) implements AccountCommand {}

  record ChangeLimit(Limits limits) implements AccountCommand {}

  /** Before something is spent. The same again is answered the same and reserves nothing more. */
  record Reserve(ReservationKey key, Purpose purpose, Amount amount) implements AccountCommand {}

  /** After it was spent. What was unknown may become known; what is known stays. */
  record Settle(ReservationKey key, Cost cost) implements AccountCommand {}

  /** Nothing of it was spent. */
  record Release(ReservationKey key) implements AccountCommand {}
}
