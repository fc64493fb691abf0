package dev.capstan.postgres.queue;

import static dev.capstan.postgres.testing.TestRuns.brief;
import static dev.capstan.postgres.testing.TestRuns.steps;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.capstan.control.Capabilities;
import dev.capstan.control.Lease;
import dev.capstan.control.LeasedTask;
import dev.capstan.control.Reply;
import dev.capstan.control.codec.TaskCodec;
import dev.capstan.control.dispatch.Allocation;
import dev.capstan.control.dispatch.Dispatcher;
import dev.capstan.control.dispatch.Profile;
import dev.capstan.control.dispatch.Seat;
import dev.capstan.core.StepId;
import dev.capstan.core.run.Failure;
import dev.capstan.core.run.Run;
import dev.capstan.core.run.RunCommand;
import dev.capstan.core.run.Task;
import dev.capstan.postgres.testing.Statements;
import dev.capstan.postgres.testing.TestDatabase;
import dev.capstan.postgres.testing.TestRuns;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Tasks of a real queue, handed out to workers that only remember what they were told. */
final class DispatcherTest {
  private static final Set<String> EVERY_ENGINE = Set.of("command");

  @RegisterExtension static final TestDatabase database = TestDatabase.migrated();

  private TestRuns runs = new TestRuns(database);

  @BeforeEach
  void empty_the_database() {
    Statements.execute(
        database.transactions(),
        "truncate task, event, run, project restart identity cascade; update installation set epoch = 0");
    runs = new TestRuns(database);
  }

  @AfterEach
  void end() {
    runs.close();
  }

  private Dispatcher dispatcher(Allocation allocation) {
    return new Dispatcher(
        PostgresTaskQueue.open(database.transactions(), runs.signal(), runs.interventions(), true),
        allocation,
        100);
  }

  /** A worker that does nothing by itself. */
  private static final class Worker implements Seat {
    private final List<LeasedTask> assigned = new CopyOnWriteArrayList<>();
    private final List<Lease> stopped = new CopyOnWriteArrayList<>();
    private final Map<Lease, List<String>> told = new ConcurrentHashMap<>();
    private volatile boolean drained;

    @Override
    public void assign(List<LeasedTask> tasks) {
      assigned.addAll(tasks);
    }

    @Override
    public void stop(Set<Lease> leases) {
      stopped.addAll(leases);
    }

    @Override
    public void instruct(Lease lease, List<String> everything) {
      told.put(lease, everything);
    }

    @Override
    public void renewed() {}

    @Override
    public void drain() {
      drained = true;
    }
  }

  private static Profile profile(String name, int capacity, Set<String> engines) {
    return new Profile(
        name, name, "1", capacity, new Capabilities(Set.of(TaskCodec.EXECUTE), engines, Set.of()));
  }

  private void work(String... steps) {
    runs.project("shop", 1);
    runs.work(brief("one", "shop", steps(steps)));
  }

  private static void awaitAssigned(int tasks, Worker... workers) {
    await()
        .atMost(Duration.ofSeconds(20))
        .until(() -> List.of(workers).stream().mapToInt(w -> w.assigned.size()).sum() == tasks);
  }

  @ParameterizedTest
  @EnumSource(Allocation.class)
  void two_equal_workers_get_half_each_and_no_more_than_they_can_do(Allocation allocation) {
    Worker left = new Worker();
    Worker right = new Worker();
    try (Dispatcher dispatcher = dispatcher(allocation)) {
      dispatcher.join(profile("left", 2, EVERY_ENGINE), left, Set.of());
      dispatcher.join(profile("right", 2, EVERY_ENGINE), right, Set.of());
      work("a", "b", "c", "d");

      awaitAssigned(4, left, right);
      assertThat(left.assigned).hasSize(2);
      assertThat(right.assigned).hasSize(2);
      assertThat(dispatcher.presences()).extracting(Dispatcher.Presence::underWay).containsOnly(2);
    }
  }

  @Test
  void a_task_goes_to_a_worker_that_has_its_engine() {
    Worker rewrites = new Worker();
    Worker commands = new Worker();
    try (Dispatcher dispatcher = dispatcher(Allocation.LEAST_LOADED)) {
      dispatcher.join(profile("rewrites", 4, Set.of("openrewrite")), rewrites, Set.of());
      dispatcher.join(profile("commands", 4, EVERY_ENGINE), commands, Set.of());
      work("a", "b");

      awaitAssigned(2, commands);
      assertThat(rewrites.assigned).isEmpty();
    }
  }

  @Test
  void a_halted_run_is_stopped_at_once_and_its_task_is_handed_out_again_when_it_goes_on() {
    Worker worker = new Worker();
    try (Dispatcher dispatcher = dispatcher(Allocation.LEAST_LOADED)) {
      dispatcher.join(profile("only", 1, EVERY_ENGINE), worker, Set.of());
      work("a");
      awaitAssigned(1, worker);
      LeasedTask first = worker.assigned.getFirst();

      runs.accept("one", new RunCommand.Halt(Run.Hold.HALT, "on fire"));
      await().atMost(Duration.ofSeconds(20)).until(() -> worker.stopped.contains(first.lease()));
      assertThat(runs.report(first, new RunCommand.ReportUnchanged(new StepId("a"), 1)))
          .isEqualTo(new Reply.LeaseLost());
      assertThat(worker.assigned).hasSize(1);

      runs.accept("one", new RunCommand.Lift(Run.Hold.HALT));
      awaitAssigned(2, worker);
      assertThat(worker.assigned.getLast().task()).isEqualTo(first.task());
    }
  }

  @Test
  void what_an_engine_at_work_is_told_reaches_its_worker_and_whoever_has_the_task_after_it() {
    Worker worker = new Worker();
    Worker next = new Worker();
    try (Dispatcher dispatcher = dispatcher(Allocation.LEAST_LOADED)) {
      Dispatcher.Place place = dispatcher.join(profile("only", 1, EVERY_ENGINE), worker, Set.of());
      work("a");
      awaitAssigned(1, worker);
      Lease lease = worker.assigned.getFirst().lease();

      runs.accept("one", new RunCommand.Instruct(new StepId("a"), "hurry"));
      await()
          .atMost(Duration.ofSeconds(20))
          .until(() -> worker.told.getOrDefault(lease, List.of()).equals(List.of("hurry")));

      place.giveBack(Set.of(lease));
      place.leave();
      dispatcher.join(profile("next", 1, EVERY_ENGINE), next, Set.of());
      awaitAssigned(1, next);
      assertThat(next.assigned.getFirst().task())
          .isInstanceOfSatisfying(
              Task.Execute.class,
              task -> assertThat(task.attempt().instructions()).containsExactly("hurry"));
    }
  }

  @Test
  void a_worker_that_finishes_gets_the_next_task() {
    Worker worker = new Worker();
    try (Dispatcher dispatcher = dispatcher(Allocation.LEAST_LOADED)) {
      Dispatcher.Place place = dispatcher.join(profile("only", 1, EVERY_ENGINE), worker, Set.of());
      work("a", "b");
      awaitAssigned(1, worker);

      fail(worker.assigned.getFirst());
      place.finished(worker.assigned.getFirst().lease(), false);

      awaitAssigned(2, worker);
    }
  }

  private void fail(LeasedTask leased) {
    if (leased.task() instanceof Task.Execute(var step, var attempt)) {
      runs.report(
          leased,
          new RunCommand.ReportAttemptFailed(
              step.id(), attempt.number(), Failure.terminal("a test wants it")));
    }
  }

  @Test
  void what_a_worker_gives_back_or_never_began_goes_to_another() {
    Worker first = new Worker();
    Worker second = new Worker();
    try (Dispatcher dispatcher = dispatcher(Allocation.WORK_STEALING)) {
      Dispatcher.Place place = dispatcher.join(profile("first", 2, EVERY_ENGINE), first, Set.of());
      work("a", "b", "c", "d");
      awaitAssigned(2, first);

      dispatcher.join(profile("second", 4, EVERY_ENGINE), second, Set.of());
      place.drain();
      place.giveBack(Set.of(first.assigned.getFirst().lease()));

      awaitAssigned(3, second);
      assertThat(first.assigned).hasSize(2);
      assertThat(second.assigned).extracting(task -> task.task().key()).doesNotHaveDuplicates();
    }
  }

  @Test
  void a_task_that_is_withdrawn_is_stopped_where_it_is_done() {
    Worker worker = new Worker();
    try (Dispatcher dispatcher = dispatcher(Allocation.LEAST_LOADED)) {
      Dispatcher.Place place = dispatcher.join(profile("only", 1, EVERY_ENGINE), worker, Set.of());
      work("a");
      awaitAssigned(1, worker);

      runs.accept("one", new RunCommand.Cancel("nobody wants it"));

      await()
          .atMost(Duration.ofSeconds(20))
          .until(() -> {
            place.heard();
            return worker.stopped.equals(List.of(worker.assigned.getFirst().lease()));
          });
    }
  }

  @Test
  void a_worker_that_comes_back_keeps_what_it_holds_and_is_told_what_it_lost() {
    Worker before = new Worker();
    Worker after = new Worker();
    try (Dispatcher dispatcher = dispatcher(Allocation.LEAST_LOADED)) {
      Dispatcher.Place place = dispatcher.join(profile("only", 2, EVERY_ENGINE), before, Set.of());
      work("a", "b");
      awaitAssigned(2, before);
      Lease kept = before.assigned.get(0).lease();
      Lease lost = new Lease(before.assigned.get(1).lease().task(), 1);
      place.leave();

      dispatcher.join(profile("only", 2, EVERY_ENGINE), after, Set.of(kept, lost));

      await().atMost(Duration.ofSeconds(20)).until(() -> after.stopped.equals(List.of(lost)));
      assertThat(dispatcher.presences())
          .singleElement()
          .satisfies(only -> assertThat(only.underWay()).isEqualTo(1));
    }
  }

  @Test
  void a_server_that_drains_hands_out_nothing_and_tells_its_workers() {
    Worker worker = new Worker();
    Worker elsewhere = new Worker();
    try (Dispatcher draining = dispatcher(Allocation.LEAST_LOADED);
        Dispatcher other = dispatcher(Allocation.LEAST_LOADED)) {
      draining.join(profile("only", 2, EVERY_ENGINE), worker, Set.of());
      draining.drain();
      work("a", "b");
      other.join(profile("elsewhere", 2, EVERY_ENGINE), elsewhere, Set.of());

      awaitAssigned(2, elsewhere);
      assertThat(worker.drained).isTrue();
      assertThat(worker.assigned).isEmpty();
    }
  }
}
