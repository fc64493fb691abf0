package dev.capstan.core.account;

import dev.capstan.core.Amount;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What an account knows. A key is remembered for good, so give an account an end (a run, a month).
 *
 * @param entries by key
 * @param work sums of the entries for work
 * @param verification sums of the entries for verification
 */
public record Book(
    AccountId id,
    Limits limits,
    Map<ReservationKey, Entry> entries,
    Tally work,
    Tally verification) {
  public Book {
    entries = Map.copyOf(entries);
  }

  static Book of(AccountId id, Limits limits) {
    return new Book(id, limits, Map.of(), Tally.EMPTY, Tally.EMPTY);
  }

  public Optional<Entry> entry(ReservationKey key) {
    return Optional.ofNullable(entries.get(key));
  }

  /** What was spent so far, as people should see it. */
  public Spending spending() {
    Tally all = total();
    return all.unknown() == 0
        ? new Spending.Exactly(all.measured())
        : new Spending.AtLeast(all.measured(), all.unknown());
  }

  /** Sums over every purpose. */
  public Tally total() {
    return work.plus(verification);
  }

  /** True if that much more may be reserved. */
  boolean fits(Purpose purpose, Amount more) {
    boolean inAll = total().committed().plus(more).fitsIn(limits.hard());
    return switch (purpose) {
      case VERIFICATION -> inAll;
      case WORK ->
          inAll && work.committed().plus(more).plus(limits.verification()).fitsIn(limits.hard());
    };
  }

  /** What may still be reserved. */
  public Amount left(Purpose purpose) {
    Amount inAll = rest(limits.hard(), total().committed());
    return switch (purpose) {
      case VERIFICATION -> inAll;
      case WORK -> inAll.least(rest(limits.hard(), work.committed().plus(limits.verification())));
    };
  }

  private static Amount rest(Amount limit, Amount taken) {
    return limit.minus(taken.least(limit));
  }

  boolean softIsReached() {
    return reached(total().spent(), total().spent(), limits.soft());
  }

  /** True if work has spent all that it may; verification may still have its reserve. */
  boolean hardIsReached() {
    Amount spent = total().spent();
    return reached(spent, spent, limits.hard())
        || reached(work.spent(), work.spent().plus(limits.verification()), limits.hard());
  }

  /** A limit of zero is reached by the first that is spent, not before. */
  private static boolean reached(Amount spent, Amount counted, Amount limit) {
    return (spent.tokens() > 0 && counted.tokens() >= limit.tokens())
        || (spent.microDollars() > 0 && counted.microDollars() >= limit.microDollars());
  }

  Book within(Limits changed) {
    return new Book(id, changed, entries, work, verification);
  }

  Book with(ReservationKey key, Entry entry) {
    Map<ReservationKey, Entry> changed = new HashMap<>(entries);
    Entry before = changed.put(key, entry);
    Tally difference = before == null ? Tally.EMPTY : Tally.of(before);
    return switch (entry.purpose()) {
      case WORK -> new Book(id, limits, changed, moved(work, entry, difference), verification);
      case VERIFICATION ->
          new Book(id, limits, changed, work, moved(verification, entry, difference));
    };
  }

  private static Tally moved(Tally tally, Entry entry, Tally before) {
    return tally.plus(Tally.of(entry)).minus(before);
  }
}
