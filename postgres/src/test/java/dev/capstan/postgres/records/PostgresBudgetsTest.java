package dev.capstan.postgres.records;

import static org.assertj.core.api.Assertions.assertThat;

import dev.capstan.core.Amount;
import dev.capstan.core.ProjectId;
import dev.capstan.core.RunId;
import dev.capstan.core.account.Account;
import dev.capstan.core.account.AccountId;
import dev.capstan.core.account.Cost;
import dev.capstan.core.account.Limits;
import dev.capstan.core.account.Purpose;
import dev.capstan.core.account.ReservationKey;
import dev.capstan.core.account.Spending;
import dev.capstan.models.catalog.BudgetPlan;
import dev.capstan.models.catalog.BudgetPlan.Kind;
import dev.capstan.models.records.Asker;
import dev.capstan.models.spending.Budgets.Answer;
import dev.capstan.postgres.testing.Statements;
import dev.capstan.postgres.testing.TestDatabase;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What is reserved is never more than there is, whoever asks at once. */
final class PostgresBudgetsTest {
  @RegisterExtension static final TestDatabase database = TestDatabase.migrated();

  private static final Instant NOW = Instant.parse("2026-11-30T12:00:00Z");
  private static final AccountId MONTH = new AccountId("month-2026-11");

  @BeforeEach
  void empty_the_database() {
    Statements.execute(database.transactions(), "truncate account, account_entry");
  }

  private static Amount both(long each) {
    return new Amount(each, each);
  }

  private static Limits limits(long soft, long hard, long verification) {
    return new Limits(both(soft), both(hard), both(verification));
  }

  private static PostgresBudgets budgets(Map<Kind, Limits> limits) {
    return new PostgresBudgets(database.transactions(), new BudgetPlan(limits), () -> NOW);
  }

  private static Asker asker(String run, Purpose purpose) {
    return new Asker(new RunId(run), new ProjectId("shop"), "s1", 1, purpose);
  }

  private static ReservationKey key(int number) {
    return new ReservationKey("call-" + number);
  }

  private static boolean granted(Answer answer) {
    return !(answer instanceof Answer.Refused);
  }

  @Test
  void it_is_reserved_in_every_account_or_in_none() {
    PostgresBudgets budgets =
        budgets(Map.of(Kind.RUN, limits(80, 100, 0), Kind.MONTH, limits(800, 1000, 0)));
    Asker asker = asker("r-1", Purpose.WORK);

    assertThat(granted(budgets.reserve(asker, key(1), both(60)))).isTrue();
    assertThat(budgets.reserve(asker, key(2), both(60)))
        .isInstanceOfSatisfying(
            Answer.Refused.class,
            refused -> assertThat(refused.account()).isEqualTo(new AccountId("run-r-1")));
    assertThat(committed(budgets, MONTH)).isEqualTo(both(60));

    budgets.settle(asker, key(1), new Cost.Known(both(10)));
    assertThat(granted(budgets.reserve(asker, key(3), both(60)))).isTrue();
    budgets.release(asker, key(3));
    assertThat(committed(budgets, MONTH)).isEqualTo(both(10));
    assertThat(budgets.list("", 10))
        .extracting(account -> account.book().id().value())
        .containsExactly("month-2026-11", "project-shop-2026-11", "run-r-1", "step-r-1-s1");
  }

  private static Amount committed(PostgresBudgets budgets, AccountId account) {
    return budgets.find(account).orElseThrow().book().total().committed();
  }

  @Test
  void a_soft_limit_is_told_a_hard_one_refuses_and_more_money_goes_on() {
    PostgresBudgets budgets = budgets(Map.of(Kind.RUN, limits(50, 100, 0)));
    Asker asker = asker("r-1", Purpose.WORK);
    AccountId run = new AccountId("run-r-1");

    assertThat(budgets.reserve(asker, key(1), both(60))).isEqualTo(new Answer.Granted());
    budgets.settle(asker, key(1), new Cost.Known(both(60)));
    assertThat(budgets.reserve(asker, key(2), both(30))).isEqualTo(new Answer.GrantedLow(both(10)));
    budgets.settle(asker, key(2), new Cost.Known(both(40)));
    assertThat(budgets.find(run)).containsInstanceOf(Account.Shut.class);
    assertThat(granted(budgets.reserve(asker, key(3), both(1)))).isFalse();

    budgets.limit(run, limits(150, 200, 0));
    assertThat(granted(budgets.reserve(asker, key(3), both(1)))).isTrue();
  }

  @Test
  void work_does_not_spend_what_is_set_aside_for_verification() {
    PostgresBudgets budgets = budgets(Map.of(Kind.RUN, limits(100, 100, 30)));

    assertThat(granted(budgets.reserve(asker("r-1", Purpose.WORK), key(1), both(80)))).isFalse();
    assertThat(granted(budgets.reserve(asker("r-1", Purpose.WORK), key(2), both(70)))).isTrue();
    assertThat(granted(budgets.reserve(asker("r-1", Purpose.VERIFICATION), key(3), both(30))))
        .isTrue();
  }

  @Test
  void a_cost_that_nobody_knows_counts_as_it_was_reserved() {
    PostgresBudgets budgets = budgets(Map.of());
    Asker asker = asker("r-1", Purpose.WORK);
    budgets.reserve(asker, key(1), both(60));
    budgets.settle(asker, key(1), new Cost.Unknown());

    assertThat(budgets.find(MONTH).orElseThrow().book().spending())
        .isEqualTo(new Spending.AtLeast(Amount.ZERO, 1));
    assertThat(committed(budgets, MONTH)).isEqualTo(both(60));
  }

  @Test
  void what_a_killed_server_left_reserved_counts_as_spent() {
    PostgresBudgets budgets = budgets(Map.of());
    budgets.reserve(asker("r-1", Purpose.WORK), key(1), both(60));
    budgets.settleAbandoned();
    assertThat(budgets.find(MONTH).orElseThrow().book().total().unknown()).isZero();

    Statements.execute(
        database.transactions(), "update account_entry set at = now() - interval '2 hours'");
    budgets.settleAbandoned();
    assertThat(budgets.find(MONTH).orElseThrow().book().total().unknown()).isOne();
  }

  @Test
  void of_many_who_ask_at_once_only_as_many_are_served_as_there_is_money_for() throws Exception {
    int askers = 24;
    PostgresBudgets budgets = budgets(Map.of(Kind.MONTH, limits(100, 100, 0)));
    CyclicBarrier together = new CyclicBarrier(askers);
    List<Callable<Boolean>> asking = new ArrayList<>();
    for (int number = 0; number < askers; number++) {
      Asker asker = asker("r-" + number % 5, Purpose.WORK);
      ReservationKey key = key(number);
      asking.add(() -> {
        together.await();
        return granted(budgets.reserve(asker, key, both(10)));
      });
    }
    assertThat(results(asking)).filteredOn(granted -> granted).hasSize(10);
    assertThat(committed(budgets, MONTH)).isEqualTo(both(100));
  }

  /**
   * Whatever happens in whatever order: sums are those of the entries, and nothing is overspent.
   */
  @Test
  void sums_stay_true_and_below_the_limit_whatever_happens_at_once() throws Exception {
    PostgresBudgets budgets =
        budgets(Map.of(Kind.MONTH, limits(400, 500, 50), Kind.RUN, limits(200, 250, 20)));
    List<Callable<Boolean>> workers = new ArrayList<>();
    for (int worker = 0; worker < 6; worker++) {
      int seed = worker;
      workers.add(() -> spendAtRandom(budgets, seed));
    }
    results(workers);

    for (Account.Known account : budgets.list("", 100)) {
      Amount committed = account.book().total().committed();
      assertThat(committed.fitsIn(account.book().limits().hard())).isTrue();
      assertThat(sum(account.book().id()))
          .as(account.book().id().value())
          .isEqualTo(committed.tokens());
    }
  }

  private static boolean spendAtRandom(PostgresBudgets budgets, int seed) {
    Random random = new Random(seed);
    for (int round = 0; round < 25; round++) {
      Purpose purpose = random.nextInt(4) == 0 ? Purpose.VERIFICATION : Purpose.WORK;
      Asker asker = asker("r-" + random.nextInt(3), purpose);
      ReservationKey key = new ReservationKey(seed + "-" + round);
      int amount = 1 + random.nextInt(30);
      if (granted(budgets.reserve(asker, key, both(amount)))) {
        switch (random.nextInt(4)) {
          case 0 -> budgets.release(asker, key);
          case 1 -> budgets.settle(asker, key, new Cost.Unknown());
          case 2 -> budgets.settle(asker, key, new Cost.Known(both(random.nextInt(amount + 1))));
          default -> {}
        }
      }
    }
    return true;
  }

  /** Of the entries: what was spent, or is still reserved. */
  private static long sum(AccountId account) {
    return new Sql(database.transactions())
        .query(
            """
            select coalesce(sum(coalesce(cost_tokens, tokens)), 0) as committed from account_entry
            where account_id = ? and state <> 'released'
            """,
            row -> row.getLong("committed"),
            account.value())
        .getFirst();
  }

  private static <T> List<T> results(List<Callable<T>> work) throws Exception {
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<T> results = new ArrayList<>();
      for (Future<T> one : threads.invokeAll(work)) {
        results.add(one.get());
      }
      return results;
    }
  }
}
