package dev.capstan.core.account;

import dev.capstan.core.Amount;

/** Why a command was not accepted. Nothing changed. */
public sealed interface AccountRefusal {
  /** One sentence that says what is wrong. */
  String message();

  /** There is already such an account. */
  record AlreadyOpen(AccountId account) implements AccountRefusal {
    @Override
    public String message() {
      return "account " + account + " is open already";
    }
  }

  /** There is no such account. */
  record NoSuchAccount() implements AccountRefusal {
    @Override
    public String message() {
      return "there is no such account";
    }
  }

  /** Nobody reserved under that key. */
  record NoSuchReservation(ReservationKey key) implements AccountRefusal {
    @Override
    public String message() {
      return "nothing is reserved under " + key;
    }
  }

  /** The key stands for something else, or what it stood for is over. */
  record KeyTaken(ReservationKey key) implements AccountRefusal {
    @Override
    public String message() {
      return "the key " + key + " was used for another reservation or is over; take a new one";
    }
  }

  /** It is settled, with another cost. */
  record AlreadySettled(ReservationKey key) implements AccountRefusal {
    @Override
    public String message() {
      return key + " is settled already";
    }
  }

  /** More than is left. */
  record DoesNotFit(Amount wanted, Amount committed, Limits limits) implements AccountRefusal {
    @Override
    public String message() {
      return wanted + " does not fit: " + committed + " is spent or reserved, within " + limits;
    }
  }

  /** The hard limit was reached. */
  record LimitReached(Limits limits) implements AccountRefusal {
    @Override
    public String message() {
      return "the hard limit is reached; raise " + limits + " to go on";
    }
  }

  /** An amount that must be a mistake. */
  record Implausible(Amount amount, String why) implements AccountRefusal {
    @Override
    public String message() {
      return amount + " is not plausible: " + why;
    }
  }
}
