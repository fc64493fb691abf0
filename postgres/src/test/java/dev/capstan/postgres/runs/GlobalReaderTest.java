package dev.capstan.postgres.runs;

import static dev.capstan.postgres.testing.TestRuns.brief;
import static dev.capstan.postgres.testing.TestRuns.steps;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.capstan.control.EventStore.Loaded;
import dev.capstan.control.EventStore.Versioned;
import dev.capstan.core.RunId;
import dev.capstan.core.run.RunCommand;
import dev.capstan.postgres.testing.Statements;
import dev.capstan.postgres.testing.TestDatabase;
import dev.capstan.postgres.testing.TestRuns;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * The reader of all events never returns one while a smaller position may still follow. A writer is
 * parked between its events and its commit by a deferred trigger that waits for an advisory lock.
 */
final class GlobalReaderTest {
  private static final String GATE = "7777";
  private static final AtomicInteger NUMBER = new AtomicInteger();
  @RegisterExtension static final TestDatabase database = TestDatabase.migrated();

  private final TestRuns runs = new TestRuns(database);
  private final TestRuns slowProcess = new TestRuns(database);
  private final PostgresRunQueries queries =
      new PostgresRunQueries(database.transactions(), runs.signal());
  private final String quick = "quick-" + NUMBER.incrementAndGet();
  private final String slow = "slow-" + NUMBER.get();
  private long last;

  @BeforeEach
  void make_a_run_and_read_to_the_end() {
    Statements.execute(
        database.transactions(),
        """
        create or replace function park() returns trigger language plpgsql as $$
        begin
          if new.run_id like 'slow%%' then perform pg_advisory_xact_lock_shared(%s); end if;
          return null;
        end $$;
        drop trigger if exists park on event;
        create constraint trigger park after insert on event
          deferrable initially deferred for each row execute function park();
        """
            .formatted(GATE));
    runs.project("shop", 1);
    runs.accept(quick, new RunCommand.Create(brief(quick, "shop", steps("a"))));
    last = queries.log(0, 1000).events().getLast().position();
  }

  @AfterEach
  void end() {
    runs.close();
    slowProcess.close();
  }

  @Test
  void an_event_is_held_back_while_one_with_a_smaller_position_is_uncommitted() throws Exception {
    try (Connection gate = database.dataSource().getConnection()) {
      shut(gate);
      Thread parked = parkedCreation();
      runs.accept(quick, new RunCommand.Start());
      List<String> early = next();
      open(gate);
      parked.join();
      assertThat(early).isEmpty();
    }
    assertThat(next()).containsExactly(slow, quick);
  }

  /**
   * The dangerous order: the transaction that began first takes the larger position and commits
   * first, so the oldest transaction still open is younger than that of the event in question.
   */
  @Test
  void an_event_is_held_back_also_if_its_transaction_began_first() throws Exception {
    AtomicReference<Thread> parked = new AtomicReference<>();
    try (Connection gate = database.dataSource().getConnection()) {
      shut(gate);
      runs.store()
          .transact(
              Set.of(new RunId(quick)),
              Set.of(),
              loaded -> {
                parked.set(parkedCreation());
                return List.of(OneEvent.cancelled(new RunId(quick), at(loaded)));
              });
      List<String> early = next();
      open(gate);
      parked.get().join();
      assertThat(early).isEmpty();
    }
    assertThat(next()).containsExactly(slow, quick);
  }

  private Versioned at(Loaded loaded) {
    return Objects.requireNonNull(loaded.runs().get(new RunId(quick)));
  }

  private Thread parkedCreation() {
    Thread creation =
        Thread.ofVirtual()
            .start(() ->
                slowProcess.accept(slow, new RunCommand.Create(brief(slow, "shop", steps("a")))));
    await().until(GlobalReaderTest::isParked);
    return creation;
  }

  private static boolean isParked() {
    return Statements.number(
            database.transactions(),
            "select count(*) from pg_locks where locktype = 'advisory' and not granted and objid = "
                + GATE)
        == 1;
  }

  private static void shut(Connection gate) throws SQLException {
    Statements.execute(gate, "select pg_advisory_lock(" + GATE + ")");
  }

  private static void open(Connection gate) throws SQLException {
    Statements.execute(gate, "select pg_advisory_unlock(" + GATE + ")");
  }

  /** The runs of the events that came since. */
  private List<String> next() {
    return queries.log(last, 1000).events().stream().map(event -> event.run().value()).toList();
  }
}
