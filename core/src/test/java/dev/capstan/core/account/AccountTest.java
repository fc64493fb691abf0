package dev.capstan.core.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.capstan.core.Amount;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What an account lets be spent, and what it records. */
final class AccountTest {
  private static final AccountId ID = new AccountId("shop-2026-11");

  /** 100 tokens, of which 20 are for verification; wrap up at 60. */
  private static final Limits LIMITS = limits(60, 100, 20);

  private static Amount tokens(long tokens) {
    return new Amount(tokens, 0);
  }

  private static Limits limits(long soft, long hard, long verification) {
    return new Limits(tokens(soft), tokens(hard), tokens(verification));
  }

  private static ReservationKey key(String value) {
    return new ReservationKey(value);
  }

  private static AccountCommand reserve(String key, long tokens) {
    return new AccountCommand.Reserve(key(key), Purpose.WORK, tokens(tokens));
  }

  private static AccountCommand reserveVerification(String key, long tokens) {
    return new AccountCommand.Reserve(key(key), Purpose.VERIFICATION, tokens(tokens));
  }

  private static AccountCommand settle(String key, long tokens) {
    return new AccountCommand.Settle(key(key), new Cost.Known(tokens(tokens)));
  }

  private static AccountCommand settleUnknown(String key) {
    return new AccountCommand.Settle(key(key), new Cost.Unknown());
  }

  private static AccountCommand release(String key) {
    return new AccountCommand.Release(key(key));
  }

  private static AccountEvent settled(String key, long tokens) {
    return new AccountEvent.Settled(key(key), new Cost.Known(tokens(tokens)));
  }

  private static Story opened() {
    return new Story(List.of(new AccountEvent.Opened(ID, LIMITS)));
  }

  /** given(history) when(command) then(events or refusal), in one chain. */
  private record Story(List<AccountEvent> history) {
    Story when(AccountCommand command, AccountEvent... events) {
      assertThat(AccountDecider.decide(account(), command))
          .isEqualTo(new AccountDecision.Accepted(List.of(events)));
      List<AccountEvent> longer = new ArrayList<>(history);
      longer.addAll(List.of(events));
      return new Story(longer);
    }

    Story and(AccountCommand command) {
      return AccountDecider.decide(account(), command)
              instanceof AccountDecision.Accepted(var events)
          ? when(command, events.toArray(AccountEvent[]::new))
          : refused(command);
    }

    private Story refused(AccountCommand command) {
      throw new AssertionError(command + " was refused");
    }

    Story whenRefused(AccountCommand command, AccountRefusal refusal) {
      assertThat(AccountDecider.decide(account(), command))
          .isEqualTo(new AccountDecision.Refused(refusal));
      assertThat(refusal.message()).isNotBlank();
      return this;
    }

    Account account() {
      return AccountHistory.replay(history);
    }

    Book book() {
      return account() instanceof Account.Known known ? known.book() : noBook();
    }

    private static Book noBook() {
      throw new AssertionError("the account is not open");
    }
  }

  private static AccountRefusal doesNotFit(long wanted, long committed) {
    return new AccountRefusal.DoesNotFit(tokens(wanted), tokens(committed), LIMITS);
  }

  @Test
  void an_account_is_opened_once() {
    AccountCommand open = new AccountCommand.Open(ID, LIMITS);
    new Story(List.of())
        .whenRefused(reserve("a", 1), new AccountRefusal.NoSuchAccount())
        .when(open, new AccountEvent.Opened(ID, LIMITS))
        .whenRefused(open, new AccountRefusal.AlreadyOpen(ID));
  }

  @Test
  void what_is_reserved_is_settled_at_what_it_cost() {
    Story story =
        opened()
            .when(reserve("a", 30), new AccountEvent.Reserved(key("a"), Purpose.WORK, tokens(30)))
            .when(settle("a", 10), settled("a", 10));
    assertThat(story.book().total().committed()).isEqualTo(tokens(10));
    assertThat(story.book().spending()).isEqualTo(new Spending.Exactly(tokens(10)));
  }

  @Test
  void what_is_released_can_be_reserved_again() {
    opened()
        .and(reserve("a", 80))
        .whenRefused(reserve("b", 1), doesNotFit(1, 80))
        .when(release("a"), new AccountEvent.Released(key("a")))
        .and(reserve("b", 80));
  }

  @Test
  void work_cannot_use_the_reserve_of_verification() {
    opened()
        .and(reserve("a", 80))
        .whenRefused(reserve("b", 1), doesNotFit(1, 80))
        .and(reserveVerification("v", 20))
        .whenRefused(reserveVerification("w", 1), doesNotFit(1, 100));
  }

  @Test
  void verification_may_use_more_than_its_reserve_and_work_then_has_less() {
    opened()
        .and(reserveVerification("v", 90))
        .and(reserve("a", 10))
        .whenRefused(reserve("b", 1), doesNotFit(1, 100));
  }

  @Test
  void the_soft_and_the_hard_limit_are_events() {
    opened()
        .and(reserve("a", 80))
        .when(settle("a", 60), settled("a", 60), new AccountEvent.SoftLimitReached())
        .and(reserve("b", 20))
        .when(settle("b", 20), settled("b", 20), new AccountEvent.HardLimitReached());
  }

  @Test
  void verification_goes_on_after_the_hard_limit_of_work() {
    opened()
        .and(reserve("a", 80))
        .and(settle("a", 80))
        .whenRefused(reserve("b", 1), new AccountRefusal.LimitReached(LIMITS))
        .and(reserveVerification("v", 20));
  }

  @Test
  void reality_wins_over_the_reservation_and_shuts_further_ones() {
    Story story =
        opened()
            .and(reserve("a", 10))
            .when(
                settle("a", 130),
                settled("a", 130),
                new AccountEvent.SoftLimitReached(),
                new AccountEvent.HardLimitReached())
            .whenRefused(reserve("b", 1), new AccountRefusal.LimitReached(LIMITS))
            .whenRefused(reserveVerification("v", 1), doesNotFit(1, 130));
    assertThat(story.book().spending()).isEqualTo(new Spending.Exactly(tokens(130)));
  }

  @Test
  void a_person_tops_up_and_work_goes_on() {
    Limits more = limits(150, 200, 20);
    opened()
        .and(reserve("a", 80))
        .and(settle("a", 80))
        .when(
            new AccountCommand.ChangeLimit(more),
            new AccountEvent.LimitChanged(more),
            new AccountEvent.Reopened())
        .and(reserve("b", 100));
  }

  @Test
  void a_top_up_that_leaves_the_soft_limit_reached_says_so_again() {
    Limits more = limits(60, 200, 20);
    opened()
        .and(reserve("a", 80))
        .and(settle("a", 80))
        .when(
            new AccountCommand.ChangeLimit(more),
            new AccountEvent.LimitChanged(more),
            new AccountEvent.Reopened(),
            new AccountEvent.SoftLimitReached());
  }

  @Test
  void the_same_limit_again_changes_nothing() {
    opened().when(new AccountCommand.ChangeLimit(LIMITS));
  }

  @Test
  void the_same_command_again_is_answered_the_same_and_counts_once() {
    Story story =
        opened()
            .and(reserve("a", 30))
            .when(reserve("a", 30))
            .and(settle("a", 10))
            .when(settle("a", 10))
            .and(reserve("b", 30))
            .and(release("b"))
            .when(release("b"));
    assertThat(story.book().total().committed()).isEqualTo(tokens(10));
  }

  @Test
  void a_key_stands_for_one_reservation_for_good() {
    opened()
        .and(reserve("a", 30))
        .whenRefused(reserve("a", 31), new AccountRefusal.KeyTaken(key("a")))
        .whenRefused(reserveVerification("a", 30), new AccountRefusal.KeyTaken(key("a")))
        .and(settle("a", 30))
        .whenRefused(reserve("a", 30), new AccountRefusal.KeyTaken(key("a")))
        .whenRefused(settle("a", 29), new AccountRefusal.AlreadySettled(key("a")))
        .whenRefused(settleUnknown("a"), new AccountRefusal.AlreadySettled(key("a")))
        .whenRefused(release("a"), new AccountRefusal.AlreadySettled(key("a")));
  }

  @Test
  void what_nobody_reserved_is_neither_settled_nor_released() {
    opened()
        .whenRefused(settle("z", 1), new AccountRefusal.NoSuchReservation(key("z")))
        .whenRefused(release("z"), new AccountRefusal.NoSuchReservation(key("z")));
  }

  @Test
  void an_unknown_cost_is_shown_as_unknown_and_counted_as_what_was_reserved() {
    Story story = opened().and(reserve("a", 80)).and(settleUnknown("a"));
    assertThat(story.book().spending()).isEqualTo(new Spending.AtLeast(Amount.ZERO, 1));
    assertThat(story.book().total().spent()).isEqualTo(tokens(80));
    assertThat(story.account()).isInstanceOf(Account.Shut.class);
    story.when(settle("a", 5), settled("a", 5), new AccountEvent.Reopened()).and(reserve("b", 70));
  }

  @Test
  void a_cost_that_arrives_after_the_release_is_recorded() {
    Story story =
        opened().and(reserve("a", 30)).and(release("a")).when(settle("a", 7), settled("a", 7));
    assertThat(story.book().spending()).isEqualTo(new Spending.Exactly(tokens(7)));
  }

  @Test
  void implausible_amounts_are_refused() {
    Amount huge = tokens(Long.MAX_VALUE);
    assertThat(
            AccountDecider.decide(
                opened().account(), new AccountCommand.Reserve(key("a"), Purpose.WORK, huge)))
        .isInstanceOfSatisfying(
            AccountDecision.Refused.class,
            refused ->
                assertThat(refused.refusal()).isInstanceOf(AccountRefusal.Implausible.class));
    opened()
        .whenRefused(
            reserve("a", 0),
            new AccountRefusal.Implausible(
                Amount.ZERO, "reserve more than nothing, at most " + AccountDecider.MOST));
  }

  @Test
  void limits_lie_within_the_hard_limit() {
    assertThatThrownBy(() -> limits(101, 100, 0)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> limits(1, 100, 101)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void a_history_that_cannot_be_is_corrupt() {
    for (AccountEvent event :
        List.of(
            new AccountEvent.Opened(ID, LIMITS),
            settled("z", 1),
            new AccountEvent.Released(key("z")),
            new AccountEvent.Reopened(),
            new AccountEvent.Reserved(key("a"), Purpose.WORK, tokens(81)))) {
      assertThatThrownBy(() -> AccountHistory.evolve(opened().account(), event))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageStartingWith("history is corrupt");
    }
  }
}
