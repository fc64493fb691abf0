package dev.capstan.core.account;

import dev.capstan.core.Amount;

/** What happened to an account. */
public sealed interface AccountEvent {
  record Opened(AccountId account, Limits limits) implements AccountEvent {}

  record LimitChanged(Limits limits) implements AccountEvent {}

  record Reserved(ReservationKey key, Purpose purpose, Amount amount) implements AccountEvent {}

  record Settled(ReservationKey key, Cost cost) implements AccountEvent {}

  record Released(ReservationKey key) implements AccountEvent {}

  /** Work is to wrap up. */
  record SoftLimitReached() implements AccountEvent {}

  /** Work is to be parked until a person changes the limit. */
  record HardLimitReached() implements AccountEvent {}

  /** A limit that was reached is reached no longer. */
  record Reopened() implements AccountEvent {}
}
