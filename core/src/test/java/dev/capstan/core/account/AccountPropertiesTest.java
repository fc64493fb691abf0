package dev.capstan.core.account;

import static org.assertj.core.api.Assertions.assertThat;

import dev.capstan.core.Amount;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Laws of an account, over random commands. */
final class AccountPropertiesTest {
  private static final AccountId ID = new AccountId("shop");

  @Provide
  Arbitrary<List<AccountCommand>> commands() {
    return command().list().ofMaxSize(60);
  }

  private static Arbitrary<AccountCommand> command() {
    Arbitrary<ReservationKey> keys =
        Arbitraries.of("a", "b", "c", "d", "e", "f").map(ReservationKey::new);
    return Arbitraries.oneOf(
        Combinators.combine(keys, Arbitraries.of(Purpose.class), amounts(40))
            .as(AccountCommand.Reserve::new),
        Combinators.combine(keys, costs()).as(AccountCommand.Settle::new),
        keys.map(AccountCommand.Release::new),
        limits().map(AccountCommand.ChangeLimit::new));
  }

  private static Arbitrary<Cost> costs() {
    return Arbitraries.oneOf(
        amounts(60).map(Cost.Known::new), Arbitraries.just(new Cost.Unknown()));
  }

  private static Arbitrary<Amount> amounts(long most) {
    Arbitrary<Long> part = Arbitraries.longs().between(0, most);
    return Combinators.combine(part, part).as(Amount::new);
  }

  @Provide
  static Arbitrary<Limits> limits() {
    Arbitrary<Integer> percent = Arbitraries.integers().between(0, 100);
    return Combinators.combine(amounts(150), percent, percent)
        .as((hard, soft, verification) ->
            new Limits(part(hard, soft), hard, part(hard, verification)));
  }

  private static Amount part(Amount whole, int percent) {
    return new Amount(whole.tokens() * percent / 100, whole.microDollars() * percent / 100);
  }

  private static List<AccountEvent> accepted(Account account, AccountCommand command) {
    return switch (AccountDecider.decide(account, command)) {
      case AccountDecision.Accepted(var events) -> events;
      case AccountDecision.Refused _ -> List.of();
    };
  }

  @Property
  void nothing_is_reserved_beyond_the_limit_and_the_books_balance(
      @ForAll("limits") Limits limits, @ForAll("commands") List<AccountCommand> commands) {
    List<AccountEvent> history = new ArrayList<>(List.of(new AccountEvent.Opened(ID, limits)));
    Account account = AccountHistory.replay(history);
    for (AccountCommand command : commands) {
      for (AccountEvent event : accepted(account, command)) {
        account = AccountHistory.evolve(account, event);
        history.add(event);
        checkReserve((Account.Known) account, event);
      }
      checkBooks(((Account.Known) account).book());
      checkState(account);
      assertThat(accepted(account, command)).as("the second time").isEmpty();
    }
    assertThat(AccountHistory.replay(history)).isEqualTo(account);
  }

  private static void checkReserve(Account.Known account, AccountEvent event) {
    if (event instanceof AccountEvent.Reserved(_, var purpose, _)) {
      Book book = account.book();
      assertThat(book.total().committed().fitsIn(book.limits().hard())).isTrue();
      if (purpose == Purpose.WORK) {
        Amount withReserve = book.work().committed().plus(book.limits().verification());
        assertThat(withReserve.fitsIn(book.limits().hard())).isTrue();
      }
    }
  }

  /** The running sums are those of the entries, and an unknown cost counts as its reservation. */
  private static void checkBooks(Book book) {
    Tally sum = Tally.EMPTY;
    Amount measured = Amount.ZERO;
    for (Entry entry : book.entries().values()) {
      sum = sum.plus(Tally.of(entry));
      if (entry instanceof Entry.Settled(_, _, Cost.Known(var cost))) {
        measured = measured.plus(cost);
      }
    }
    assertThat(book.total()).isEqualTo(sum);
    assertThat(book.spending())
        .isEqualTo(
            sum.unknown() == 0
                ? new Spending.Exactly(measured)
                : new Spending.AtLeast(measured, sum.unknown()));
  }

  private static void checkState(Account account) {
    Book book = ((Account.Known) account).book();
    assertThat(account instanceof Account.Shut).isEqualTo(book.hardIsReached());
    if (!book.hardIsReached()) {
      assertThat(account instanceof Account.Low).isEqualTo(book.softIsReached());
    }
  }
}
