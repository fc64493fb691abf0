package dev.capstan.postgres.runs;

import static dev.capstan.postgres.testing.TestRuns.MEASURED;
import static dev.capstan.postgres.testing.TestRuns.PREPARED;
import static dev.capstan.postgres.testing.TestRuns.brief;
import static dev.capstan.postgres.testing.TestRuns.steps;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.capstan.control.Envelope.Condition;
import dev.capstan.control.EventStore.Consequence;
import dev.capstan.control.EventStore.Loaded;
import dev.capstan.control.EventStore.Versioned;
import dev.capstan.control.EventStore.Write;
import dev.capstan.control.Reply;
import dev.capstan.control.codec.StateCodec;
import dev.capstan.control.records.RunQueries.Found;
import dev.capstan.control.records.RunQueries.Logged;
import dev.capstan.control.records.RunQueries.Recorded;
import dev.capstan.control.records.RunQueries.Wanted;
import dev.capstan.core.RunId;
import dev.capstan.core.StepId;
import dev.capstan.core.run.Effect;
import dev.capstan.core.run.Refusal;
import dev.capstan.core.run.Run;
import dev.capstan.core.run.RunCommand;
import dev.capstan.core.run.Task;
import dev.capstan.postgres.testing.Statements;
import dev.capstan.postgres.testing.TestDatabase;
import dev.capstan.postgres.testing.TestRuns;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

final class EventStoreTest {
  private static final RunId ONE = new RunId("one");
  @RegisterExtension static final TestDatabase database = TestDatabase.migrated();

  private final TestRuns runs = new TestRuns(database);
  private final TestRuns otherProcess = new TestRuns(database);
  private final PostgresRunQueries queries =
      new PostgresRunQueries(database.transactions(), runs.signal());

  @BeforeEach
  void empty_the_database() {
    sql("truncate project cascade");
    runs.project("shop", 1);
  }

  @AfterEach
  void end() {
    runs.close();
    otherProcess.close();
  }

  @Test
  void events_have_versions_without_gaps_and_say_who_why_and_when() {
    runs.work(brief("one", "shop", steps("a", "b")));

    List<Recorded> events = queries.events(ONE, 0, 100);
    assertThat(events).hasSizeGreaterThan(5);
    assertThat(events)
        .extracting(Recorded::version)
        .containsExactlyElementsOf(LongStream.rangeClosed(1, events.size()).boxed().toList());
    assertThat(events).extracting(Recorded::position).isSorted().doesNotHaveDuplicates();
    assertThat(events)
        .allSatisfy(event -> {
          assertThat(event.actor()).isEqualTo("ann");
          assertThat(event.correlation()).isEqualTo("request-1");
          assertThat(event.causation()).isEqualTo("test");
          assertThat(event.at()).isBefore(Instant.now().plusSeconds(60));
        });
    assertThat(queries.events(ONE, 2, 2)).extracting(Recorded::version).containsExactly(3L, 4L);
    assertThat(queries.log(0, 1000).events())
        .extracting(Logged::position)
        .containsExactlyElementsOf(events.stream().map(Recorded::position).toList());
  }

  @Test
  void a_run_is_found_with_its_status_and_the_number_of_its_events() {
    runs.start(brief("one", "shop", steps("a")));

    assertThat(queries.find(new RunId("nobody"))).isEmpty();
    assertThat(queries.find(ONE).map(Found::version)).contains(2L);
    assertThat(queries.list(Wanted.ANY, Optional.empty(), 10))
        .singleElement()
        .satisfies(line -> {
          assertThat(line.run()).isEqualTo(ONE);
          assertThat(line.status()).isEqualTo("planning");
          assertThat(line.version()).isEqualTo(2);
        });
  }

  @Test
  void the_newest_run_is_listed_first() {
    for (String run : List.of("a", "b", "c")) {
      runs.accept(run, new RunCommand.Create(brief(run, "shop", steps("s"))));
    }

    assertThat(queries.list(Wanted.ANY, Optional.empty(), 2))
        .extracting(line -> line.run().value())
        .containsExactly("c", "b");
  }

  // ---- state

  @Test
  void the_state_is_the_same_by_cache_by_old_snapshot_and_by_events_alone() {
    runs.work(brief("one", "shop", steps("a", "b")));
    Run cached = load(runs.store(), ONE);
    assertThat(cached).isInstanceOf(Run.Working.class);
    assertThat(number("select version - snapshot_version from run")).isPositive();

    assertThat(load(otherProcess.store(), ONE)).isEqualTo(cached);

    sql("update run set snapshot_codec = 0, snapshot = 'not even JSON'");
    PostgresEventStore fresh =
        new PostgresEventStore(database.transactions(), new Signal(), runs.interventions());
    assertThat(load(fresh, ONE)).isEqualTo(cached);
    assertThat(found()).isEqualTo(cached);
  }

  @Test
  void the_snapshot_follows_after_some_events_and_at_the_end() {
    runs.work(brief("one", "shop", steps("a", "b")));
    for (int i = 0; i < 20; i++) {
      runs.accept("one", new RunCommand.Pause("lunch"));
      runs.accept("one", new RunCommand.Resume());
    }
    long lag = number("select version - snapshot_version from run");
    assertThat(lag).isLessThan(32);
    assertThat(number("select snapshot_version from run")).isGreaterThan(1);

    runs.accept("one", new RunCommand.Cancel("no"));

    assertThat(number("select version - snapshot_version from run")).isZero();
    assertThat(number("select snapshot_codec from run")).isEqualTo(StateCodec.VERSION);
    assertThat(found()).isEqualTo(load(runs.store(), ONE));
  }

  @Test
  void a_log_with_a_hole_is_refused() {
    runs.work(brief("one", "shop", steps("a")));
    sql("delete from event where version = 3");

    assertThatThrownBy(() -> load(otherProcess.store(), ONE))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("no event 3");
  }

  @Test
  void a_log_that_ends_too_early_is_refused() {
    runs.start(brief("one", "shop", steps("a")));
    sql("delete from event where version = 2");

    assertThatThrownBy(() -> load(otherProcess.store(), ONE))
        .hasMessageContaining("ends at event 1, not at 2");
  }

  // ---- two processes

  @Test
  void two_processes_on_one_run_never_break_its_log() throws Exception {
    runs.work(brief("one", "shop", steps("a")));
    List<CompletableFuture<Reply>> replies = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      TestRuns process = i % 2 == 0 ? runs : otherProcess;
      RunCommand command = i % 4 < 2 ? new RunCommand.Pause("lunch") : new RunCommand.Resume();
      replies.add(process.loop().submit(TestRuns.envelope("one", command, new Condition.None())));
    }
    for (CompletableFuture<Reply> reply : replies) {
      assertThat(reply.get(30, TimeUnit.SECONDS))
          .isInstanceOfAny(Reply.Accepted.class, Reply.Refused.class);
    }

    long events = number("select count(*) from event");
    assertThat(events).isEqualTo(number("select max(version) from event"));
    assertThat(events).isEqualTo(number("select version from run"));
    assertThat(load(runs.store(), ONE)).isEqualTo(found());
    assertThat(load(otherProcess.store(), ONE)).isEqualTo(found());
  }

  @Test
  void a_process_sees_what_the_other_did_whatever_its_cache_holds() {
    runs.start(brief("one", "shop", steps("a")));
    otherProcess.accept("one", PREPARED);

    runs.accept("one", MEASURED);

    assertThat(load(otherProcess.store(), ONE)).isInstanceOf(Run.Working.class);
  }

  @Test
  void of_two_processes_that_create_a_run_at_once_one_is_told_that_it_exists() {
    AtomicInteger decided = new AtomicInteger();
    runs.store()
        .transact(
            Set.of(new RunId("two")),
            Set.of(),
            loaded -> {
              if (decided.incrementAndGet() == 1) {
                otherProcess.accept("two", new RunCommand.Create(brief("two", "shop", steps("a"))));
              }
              return creation(loaded);
            });
    assertThat(decided).hasValue(2);
    assertThat(runs.send("two", new RunCommand.Create(brief("two", "shop", steps("a")))))
        .isEqualTo(new Reply.Refused(new Refusal.AlreadyExists(new RunId("two"))));
  }

  @Test
  void a_transaction_that_is_repeated_stores_once() {
    runs.start(brief("one", "shop", steps("a")));
    AtomicInteger decided = new AtomicInteger();
    runs.store()
        .transact(
            Set.of(ONE),
            Set.of(),
            loaded -> {
              if (decided.incrementAndGet() == 1) {
                endSessionThatHolds("run");
              }
              return List.of(write(loaded, ONE, List.of()));
            });

    assertThat(decided).hasValue(2);
    assertThat(queries.events(ONE, 0, 100))
        .extracting(Recorded::version)
        .containsExactly(1L, 2L, 3L);
  }

  // ---- what follows from one batch

  @Test
  void effects_of_one_batch_happen_in_their_order() {
    runs.work(brief("one", "shop", steps("a", "ab")));

    consequences(
        new Effect.Withdraw("execute/"),
        enqueue(new Task.Prepare("x")),
        new Effect.Withdraw("prep"),
        enqueue(new Task.Prepare("y")));
    assertThat(tasks()).containsExactly("prepare y");

    consequences(enqueue(new Task.Prepare("z")), new Effect.Withdraw("prep"));
    assertThat(tasks()).isEmpty();
  }

  @Test
  void a_task_of_a_step_that_is_skipped_in_the_same_batch_is_not_queued() throws Exception {
    runs.start(brief("one", "shop", steps("a", "b")));
    runs.accept("one", PREPARED);
    List<CompletableFuture<Reply>> replies = new ArrayList<>();
    runs.store()
        .transact(
            Set.of(ONE),
            Set.of(),
            loaded -> {
              // While the run is locked here, both commands gather behind one that waits for it.
              for (RunCommand command :
                  List.of(
                      new RunCommand.Retry(),
                      MEASURED,
                      new RunCommand.SkipStep(new StepId("a"), "no"))) {
                replies.add(
                    runs.loop().submit(TestRuns.envelope("one", command, new Condition.None())));
              }
              return List.of();
            });
    for (CompletableFuture<Reply> reply : replies) {
      assertThat(reply.get(30, TimeUnit.SECONDS)).isNotNull();
    }

    assertThat(
            Statements.texts(
                database.transactions(), "select key from task where kind = 'execute'"))
        .containsExactly("execute/b/1");
  }

  @Test
  void a_task_that_is_queued_again_takes_the_place_of_the_old_one_and_its_lease() {
    runs.work(brief("one", "shop", steps("a")));
    consequences(enqueue(new Task.Prepare("old")));
    sql("update task set state = 'leased', token = 1, lease_until = now() where key = 'prepare'");

    consequences(enqueue(new Task.Prepare("new")));

    assertThat(tasks()).containsExactly("prepare new");
    assertThat(number("select count(*) from task where key = 'prepare' and token is null"))
        .isEqualTo(1);
  }

  @Test
  void text_with_any_character_is_kept() {
    runs.start(brief("one", "shop", steps("a")));
    String why = "a \u0000 null, a quote \" and \\u0000";

    runs.accept("one", new RunCommand.Pause(why));

    assertThat(found()).isEqualTo(load(runs.store(), ONE));
    assertThat(load(otherProcess.store(), ONE))
        .isInstanceOfSatisfying(Run.Paused.class, run -> assertThat(run.why()).isEqualTo(why));
  }

  private void consequences(Effect... effects) {
    runs.store()
        .transact(Set.of(ONE), Set.of(), loaded -> List.of(write(loaded, ONE, List.of(effects))));
  }

  private static Effect enqueue(Task task) {
    return new Effect.Enqueue(task, Instant.MIN, 0);
  }

  private List<String> tasks() {
    return Statements.texts(
        database.transactions(),
        "select key || ' ' || (body->>'base') from task where kind = 'prepare' order by 1");
  }

  /** Pauses or resumes the run, and has those effects follow. */
  private static Write write(Loaded loaded, RunId run, List<Effect> effects) {
    return OneEvent.toggle(
        run,
        Objects.requireNonNull(loaded.runs().get(run)),
        effects.stream().map(effect -> new Consequence(effect, "request-1", "")).toList());
  }

  private static List<Write> creation(Loaded loaded) {
    Versioned at = Objects.requireNonNull(loaded.runs().get(new RunId("two")));
    return at.run() instanceof Run.Absent
        ? List.of(OneEvent.created(brief("two", "shop", steps("a"))))
        : List.of();
  }

  private static Run load(PostgresEventStore store, RunId run) {
    List<Run> found = new ArrayList<>();
    store.transact(
        Set.of(run),
        Set.of(),
        loaded -> {
          found.add(Objects.requireNonNull(loaded.runs().get(run)).run());
          return List.of();
        });
    return found.getLast();
  }

  private Run found() {
    return queries.find(ONE).orElseThrow().run();
  }

  /** Ends the session that holds a lock on a row of that table. */
  private static void endSessionThatHolds(String table) {
    Statements.execute(
        database.transactions(),
        """
        select pg_terminate_backend(pid, 10000) from pg_locks
        where relation = '%s'::regclass and mode = 'RowShareLock' and pid <> pg_backend_pid()
          and database = (select oid from pg_database where datname = current_database())
        """
            .formatted(table));
  }

  private static long number(String sql) {
    return Statements.number(database.transactions(), sql);
  }

  private static void sql(String sql) {
    Statements.execute(database.transactions(), sql);
  }
}
