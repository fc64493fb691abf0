package dev.capstan.postgres.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.capstan.postgres.testing.TestDatabase;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

final class TransactionsTest {
  @RegisterExtension static final TestDatabase database = TestDatabase.migrated();

  @BeforeEach
  void make_two_rows() {
    run("drop table if exists sheep");
    run("create table sheep (id int primary key, legs int not null)");
    run("insert into sheep values (1, 4), (2, 4)");
  }

  @Test
  void work_that_returns_is_committed() {
    run("update sheep set legs = 3 where id = 1");

    assertThat(number("select legs from sheep where id = 1")).isEqualTo(3);
  }

  @Test
  void work_that_throws_is_undone() {
    assertThatThrownBy(() ->
            database
                .transactions()
                .inTransaction(connection -> {
                  update(connection, "update sheep set legs = 3");
                  throw new IllegalArgumentException("wolf");
                }))
        .isInstanceOf(IllegalArgumentException.class);

    assertThat(number("select sum(legs) from sheep")).isEqualTo(8);
  }

  @Test
  void read_only_work_may_not_write() {
    assertThatThrownBy(() ->
            database.transactions().readOnly(connection -> update(connection, "delete from sheep")))
        .isInstanceOfSatisfying(
            DatabaseFailure.class, failure -> assertThat(failure.sqlState()).isEqualTo("25006"));
  }

  @Test
  void a_refused_statement_is_not_repeated() {
    AtomicInteger tries = new AtomicInteger();

    assertThatThrownBy(() ->
            database
                .transactions()
                .inTransaction(connection -> {
                  tries.incrementAndGet();
                  return update(connection, "insert into sheep values (1, 4)");
                }))
        .isInstanceOfSatisfying(
            DatabaseFailure.class, failure -> assertThat(failure.sqlState()).isEqualTo("23505"));
    assertThat(tries).hasValue(1);
  }

  @Test
  void the_loser_of_a_deadlock_tries_again_and_both_succeed() throws Exception {
    CyclicBarrier bothHoldOne = new CyclicBarrier(2);
    AtomicInteger tries = new AtomicInteger();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<Integer> one = threads.submit(() -> lockBoth(1, 2, bothHoldOne, tries));
      Future<Integer> other = threads.submit(() -> lockBoth(2, 1, bothHoldOne, tries));
      one.get(30, TimeUnit.SECONDS);
      other.get(30, TimeUnit.SECONDS);
    }

    assertThat(tries).hasValue(3);
    assertThat(number("select sum(legs) from sheep")).isEqualTo(12);
  }

  /** Only the first try of each waits for the other, so that they collide exactly once. */
  private static int lockBoth(int first, int second, CyclicBarrier barrier, AtomicInteger tries) {
    AtomicInteger mine = new AtomicInteger();
    return database
        .transactions()
        .inTransaction(connection -> {
          tries.incrementAndGet();
          update(connection, "update sheep set legs = legs + 1 where id = " + first);
          if (mine.incrementAndGet() == 1) {
            meet(barrier);
          }
          return update(connection, "update sheep set legs = legs + 1 where id = " + second);
        });
  }

  @Test
  void a_connection_that_breaks_before_commit_is_replaced() {
    AtomicInteger tries = new AtomicInteger();

    database
        .transactions()
        .inTransaction(connection -> {
          update(connection, "update sheep set legs = legs + 1 where id = 1");
          if (tries.incrementAndGet() == 1) {
            endSession(connection);
          }
          return update(connection, "update sheep set legs = legs + 1 where id = 2");
        });

    assertThat(tries).hasValue(2);
    assertThat(number("select sum(legs) from sheep")).isEqualTo(10);
  }

  @Test
  void reading_is_done_again_when_the_connection_breaks_at_its_end() {
    AtomicInteger tries = new AtomicInteger();

    int sheep =
        database
            .transactions()
            .readOnly(connection -> {
              int found = rows(connection);
              if (tries.incrementAndGet() == 1) {
                endSession(connection);
              }
              return found;
            });

    assertThat(sheep).isEqualTo(2);
    assertThat(tries).hasValue(2);
  }

  private static int rows(Connection connection) throws SQLException {
    try (Statement select = connection.createStatement();
        ResultSet row = select.executeQuery("select count(*) from sheep")) {
      row.next();
      return row.getInt(1);
    }
  }

  @Test
  void a_connection_that_breaks_while_committing_leaves_the_outcome_unknown_and_is_not_repeated() {
    AtomicInteger tries = new AtomicInteger();

    assertThatThrownBy(() ->
            database
                .transactions()
                .inTransaction(connection -> {
                  tries.incrementAndGet();
                  int changed = update(connection, "update sheep set legs = 5");
                  endSession(connection);
                  return changed;
                }))
        .isInstanceOf(CommitUnknown.class);
    assertThat(tries).hasValue(1);
  }

  @Test
  void a_full_disk_is_told_in_plain_words() {
    assertThatThrownBy(() ->
            run(
                "do $$ begin raise exception 'could not extend file' using errcode = '53100';"
                    + " end $$"))
        .isInstanceOfSatisfying(
            DatabaseUnavailable.class,
            failure -> {
              assertThat(failure.reason()).isEqualTo(DatabaseUnavailable.Reason.DISK_FULL);
              assertThat(failure).hasMessageContaining("free some space");
            });
  }

  private static void meet(CyclicBarrier barrier) {
    try {
      barrier.await(20, TimeUnit.SECONDS);
    } catch (Exception failure) {
      throw new IllegalStateException(failure);
    }
  }

  /** Has the server end the session of {@code victim} and waits until it is gone. */
  private static void endSession(Connection victim) throws SQLException {
    int pid = number(victim, "select pg_backend_pid()");
    try (Connection other = database.dataSource().getConnection()) {
      assertThat(number(other, "select pg_terminate_backend(" + pid + ", 10000)::int"))
          .isEqualTo(1);
    }
  }

  private static void run(String sql) {
    database.transactions().inTransaction(connection -> update(connection, sql));
  }

  private static int number(String sql) {
    return database.transactions().readOnly(connection -> number(connection, sql));
  }

  private static int update(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      return statement.executeUpdate(sql);
    }
  }

  private static int number(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      assertThat(rows.next()).isTrue();
      return rows.getInt(1);
    }
  }
}
