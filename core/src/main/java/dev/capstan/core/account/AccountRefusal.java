package dev.capstan.core.account;

import dev.capstan.core.Amount;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

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
      boolean money =
          wanted.microDollars() + committed.microDollars()
              > limits.hard().microDollars() - limits.verification().microDollars();
      boolean tokens =
          !money
              || wanted.tokens() + committed.tokens()
                  > limits.hard().tokens() - limits.verification().tokens();
      return Stream.of(
              tokens ? inWords(Amount::inTokens) : "", money ? inWords(Amount::inDollars) : "")
          .filter(part -> !part.isEmpty())
          .collect(Collectors.joining("; "));
    }

    private String inWords(Function<Amount, String> part) {
      return "%s do not fit: %s are spent or reserved of %s, of which %s are kept for verification"
          .formatted(
              part.apply(wanted),
              part.apply(committed),
              part.apply(limits.hard()),
              part.apply(limits.verification()));
    }
  }

  /** The hard limit was reached. */
  record LimitReached(Limits limits) implements AccountRefusal {
    @Override
    public String message() {
      return "the hard limit, "
          + limits.hard().inTokens()
          + " or "
          + limits.hard().inDollars()
          + ", is reached; raise it to go on";
    }
  }

  /** An amount that must be a mistake. */
  record Implausible(Amount amount, String why) implements AccountRefusal {
    @Override
    public String message() {
      return amount.inTokens() + " for " + amount.inDollars() + " are not plausible: " + why;
    }
  }
}
