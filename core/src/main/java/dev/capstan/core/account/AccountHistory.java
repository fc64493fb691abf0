package dev.capstan.core.account;

import java.util.Collection;

/**
 * What an account becomes. Strict: an event that cannot follow the state means the history is
 * corrupt.
 */
public final class AccountHistory {
  private AccountHistory() {}

  private record On(Account account, AccountEvent event) {}

  /** The account after all of these events. */
  public static Account replay(Collection<? extends AccountEvent> events) {
    Account account = new Account.Absent();
    for (AccountEvent event : events) {
      account = evolve(account, event);
    }
    return account;
  }

  /** The account after one more event. Throws {@link IllegalStateException} if it cannot follow. */
  public static Account evolve(Account account, AccountEvent event) {
    return switch (new On(account, event)) {
      case On(Account.Absent _, AccountEvent.Opened(var id, var limits)) ->
          new Account.Open(Book.of(id, limits));
      case On(Account.Known k, AccountEvent.LimitChanged(var limits)) ->
          with(k, k.book().within(limits));
      case On(Account.Known k, AccountEvent.Reserved reserved) -> reserved(k, reserved);
      case On(Account.Known k, AccountEvent.Settled(var key, var cost)) -> settled(k, key, cost);
      case On(Account.Known k, AccountEvent.Released(var key)) -> released(k, key);
      case On(Account.Open(var book), AccountEvent.SoftLimitReached _) -> new Account.Low(book);
      case On(Account.Open(var book), AccountEvent.HardLimitReached _) -> new Account.Shut(book);
      case On(Account.Low(var book), AccountEvent.HardLimitReached _) -> new Account.Shut(book);
      case On(Account.Low(var book), AccountEvent.Reopened _) -> new Account.Open(book);
      case On(Account.Shut(var book), AccountEvent.Reopened _) -> new Account.Open(book);
      case On(_, _) -> throw corrupt(event, account.getClass().getSimpleName());
    };
  }

  private static Account reserved(Account.Known account, AccountEvent.Reserved event) {
    Book book = account.book();
    if (book.entry(event.key()).isPresent() || !book.fits(event.purpose(), event.amount())) {
      throw corrupt(event, "a taken key or a full account");
    }
    Entry entry = new Entry.Reserved(event.purpose(), event.amount());
    return with(account, book.with(event.key(), entry));
  }

  private static Account settled(Account.Known account, ReservationKey key, Cost cost) {
    return switch (account.book().entry(key).orElse(null)) {
      case Entry.Settled(_, _, Cost.Known _) -> throw corrupt(key, "settled twice");
      case Entry entry ->
          with(
              account,
              account.book().with(key, new Entry.Settled(entry.purpose(), entry.reserved(), cost)));
      case null -> throw corrupt(key, "settled but never reserved");
    };
  }

  private static Account released(Account.Known account, ReservationKey key) {
    if (account.book().entry(key).orElse(null) instanceof Entry.Reserved(var purpose, var amount)) {
      return with(account, account.book().with(key, new Entry.Released(purpose, amount)));
    }
    throw corrupt(key, "released but not reserved");
  }

  private static Account with(Account.Known account, Book book) {
    return switch (account) {
      case Account.Open _ -> new Account.Open(book);
      case Account.Low _ -> new Account.Low(book);
      case Account.Shut _ -> new Account.Shut(book);
    };
  }

  private static IllegalStateException corrupt(ReservationKey key, String what) {
    return new IllegalStateException("history is corrupt: " + key + " was " + what);
  }

  private static IllegalStateException corrupt(AccountEvent event, String state) {
    return new IllegalStateException(
        "history is corrupt: " + event.getClass().getSimpleName() + " cannot follow " + state);
  }
}
