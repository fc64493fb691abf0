package dev.capstan.core.account;

import dev.capstan.core.Amount;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What may happen to an account: one line for each pair of state and command. */
public final class AccountDecider {
  /** A billion dollars; far below what could overflow. */
  static final Amount MOST = new Amount(1_000_000_000_000_000L, 1_000_000_000_000_000L);

  private AccountDecider() {}

  private record On(Account account, AccountCommand command) {}

  /** Decides; the account itself is not touched. */
  public static AccountDecision decide(Account account, AccountCommand command) {
    return switch (new On(account, command)) {
      case On(Account.Absent _, AccountCommand.Open(var id, var limits)) ->
          open(account, id, limits);
      case On(Account.Absent _, _) -> no(new AccountRefusal.NoSuchAccount());
      case On(Account.Known k, AccountCommand.Open _) ->
          no(new AccountRefusal.AlreadyOpen(k.book().id()));
      case On(Account.Known k, AccountCommand.ChangeLimit(var limits)) -> change(k, limits);
      case On(Account.Known k, AccountCommand.Reserve reserve) -> reserve(k, reserve);
      case On(Account.Known k, AccountCommand.Settle settle) -> settle(k, settle);
      case On(Account.Known k, AccountCommand.Release(var key)) -> release(k, key);
    };
  }

  private static AccountDecision open(Account account, AccountId id, Limits limits) {
    return limits.hard().fitsIn(MOST)
        ? then(account, new AccountEvent.Opened(id, limits))
        : no(new AccountRefusal.Implausible(limits.hard(), "at most " + MOST));
  }

  private static AccountDecision change(Account.Known account, Limits limits) {
    if (account.book().limits().equals(limits)) {
      return nothing();
    }
    return limits.hard().fitsIn(MOST)
        ? then(account, new AccountEvent.LimitChanged(limits))
        : no(new AccountRefusal.Implausible(limits.hard(), "at most " + MOST));
  }

  private static AccountDecision reserve(Account.Known account, AccountCommand.Reserve wanted) {
    Entry entry = account.book().entry(wanted.key()).orElse(null);
    return switch (entry) {
      case Entry.Reserved(var purpose, var amount)
          when purpose == wanted.purpose() && amount.equals(wanted.amount()) ->
          nothing();
      case Entry _ -> no(new AccountRefusal.KeyTaken(wanted.key()));
      case null -> reserveAfresh(account, wanted);
    };
  }

  private static AccountDecision reserveAfresh(
      Account.Known account, AccountCommand.Reserve wanted) {
    Amount amount = wanted.amount();
    Book book = account.book();
    if (amount.equals(Amount.ZERO) || !amount.fitsIn(MOST)) {
      return no(
          new AccountRefusal.Implausible(amount, "reserve more than nothing, at most " + MOST));
    }
    if (account instanceof Account.Shut && wanted.purpose() == Purpose.WORK) {
      return no(new AccountRefusal.LimitReached(book.limits()));
    }
    return book.fits(wanted.purpose(), amount)
        ? then(account, new AccountEvent.Reserved(wanted.key(), wanted.purpose(), amount))
        : no(new AccountRefusal.DoesNotFit(amount, book.total().committed(), book.limits()));
  }

  /** Reality wins: more than was reserved, or after a release, is recorded all the same. */
  private static AccountDecision settle(Account.Known account, AccountCommand.Settle settle) {
    if (settle.cost() instanceof Cost.Known(var amount) && !amount.fitsIn(MOST)) {
      return no(new AccountRefusal.Implausible(amount, "at most " + MOST));
    }
    Optional<Entry> entry = account.book().entry(settle.key());
    if (entry.isEmpty()) {
      return no(new AccountRefusal.NoSuchReservation(settle.key()));
    }
    AccountEvent settled = new AccountEvent.Settled(settle.key(), settle.cost());
    return switch (entry.get()) {
      case Entry.Reserved _, Entry.Released _ -> then(account, settled);
      case Entry.Settled(_, _, var cost) when cost.equals(settle.cost()) -> nothing();
      case Entry.Settled(_, _, Cost.Unknown _) -> then(account, settled);
      case Entry.Settled _ -> no(new AccountRefusal.AlreadySettled(settle.key()));
    };
  }

  private static AccountDecision release(Account.Known account, ReservationKey key) {
    Optional<Entry> entry = account.book().entry(key);
    if (entry.isEmpty()) {
      return no(new AccountRefusal.NoSuchReservation(key));
    }
    return switch (entry.get()) {
      case Entry.Reserved _ -> then(account, new AccountEvent.Released(key));
      case Entry.Released _ -> nothing();
      case Entry.Settled _ -> no(new AccountRefusal.AlreadySettled(key));
    };
  }

  // ---- grammar

  /** The event, and the limits that are reached, or no longer, by it. */
  private static AccountDecision then(Account account, AccountEvent event) {
    List<AccountEvent> events = new ArrayList<>(List.of(event));
    Account after = AccountHistory.evolve(account, event);
    for (Optional<AccountEvent> next = limit(after); next.isPresent(); next = limit(after)) {
      events.add(next.get());
      after = AccountHistory.evolve(after, next.get());
    }
    return new AccountDecision.Accepted(events);
  }

  private static Optional<AccountEvent> limit(Account account) {
    return switch (account) {
      case Account.Open(var book) when book.softIsReached() ->
          Optional.of(new AccountEvent.SoftLimitReached());
      case Account.Open(var book) when book.hardIsReached() ->
          Optional.of(new AccountEvent.HardLimitReached());
      case Account.Low(var book) when book.hardIsReached() ->
          Optional.of(new AccountEvent.HardLimitReached());
      case Account.Low(var book) when !book.softIsReached() ->
          Optional.of(new AccountEvent.Reopened());
      case Account.Shut(var book) when !book.hardIsReached() ->
          Optional.of(new AccountEvent.Reopened());
      case Account.Absent _, Account.Open _, Account.Low _, Account.Shut _ -> Optional.empty();
    };
  }

  private static AccountDecision nothing() {
    return new AccountDecision.Accepted(List.of());
  }

  private static AccountDecision no(AccountRefusal refusal) {
    return new AccountDecision.Refused(refusal);
  }
}
