package dev.capstan.postgres.queue;

import static dev.capstan.postgres.testing.TestRuns.BASE;
import static dev.capstan.postgres.testing.TestRuns.MEASURED;
import static dev.capstan.postgres.testing.TestRuns.PREPARED;
import static dev.capstan.postgres.testing.TestRuns.brief;
import static dev.capstan.postgres.testing.TestRuns.step;
import static dev.capstan.postgres.testing.TestRuns.steps;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.capstan.control.Capabilities;
import dev.capstan.control.Lease;
import dev.capstan.control.LeasedTask;
import dev.capstan.control.Reply;
import dev.capstan.control.codec.TaskCodec;
import dev.capstan.core.RunId;
import dev.capstan.core.StepId;
import dev.capstan.core.plan.Patience;
import dev.capstan.core.policy.Layer;
import dev.capstan.core.policy.Setting;
import dev.capstan.core.policy.Value;
import dev.capstan.core.run.Failure;
import dev.capstan.core.run.Run;
import dev.capstan.core.run.RunCommand;
import dev.capstan.core.run.Task;
import dev.capstan.postgres.testing.Statements;
import dev.capstan.postgres.testing.TestDatabase;
import dev.capstan.postgres.testing.TestRuns;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

final class QueueTest {
  private static final Duration LEASE = Duration.ofSeconds(30);
  private static final Capabilities ANYTHING =
      new Capabilities(TaskCodec.names(), Set.of("command"), Set.of());
  @RegisterExtension static final TestDatabase database = TestDatabase.migrated();

  private TestRuns runs = new TestRuns(database);
  private PostgresTaskQueue queue = open();

  private PostgresTaskQueue open() {
    return PostgresTaskQueue.open(
        database.transactions(), runs.signal(), runs.interventions(), false);
  }

  @BeforeEach
  void empty_the_database() {
    sql("truncate project cascade");
    runs = new TestRuns(database);
    queue = open();
  }

  @AfterEach
  void end() {
    runs.close();
  }

  // ---- who gets what

  @Test
  void two_queues_at_once_get_each_task_once() throws Exception {
    runs.project("shop", 50);
    for (int i = 0; i < 50; i++) {
      runs.start(brief("run-" + i, "shop", steps("a")));
    }
    PostgresTaskQueue other = open();
    List<LeasedTask> all = new ArrayList<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<List<LeasedTask>>> claims = new ArrayList<>();
      for (int i = 0; i < 20; i++) {
        PostgresTaskQueue claimer = i % 2 == 0 ? queue : other;
        Callable<List<LeasedTask>> claim = () -> claimer.claim(ANYTHING, 3, 5, LEASE);
        claims.add(threads.submit(claim));
      }
      for (Future<List<LeasedTask>> claim : claims) {
        all.addAll(claim.get());
      }
    }

    assertThat(all).hasSize(50).extracting(task -> task.lease().task()).doesNotHaveDuplicates();
  }

  @Test
  void a_worker_is_given_only_what_it_can_do() {
    runs.project("shop", 1);
    runs.work(brief("one", "shop", steps("a")));
    Capabilities measures = new Capabilities(Set.of("baseline", "verify"), Set.of(), Set.of());
    Capabilities rewrites =
        new Capabilities(Set.of("execute"), Set.of("openrewrite"), Set.of("tool:mvn"));

    assertThat(queue.claim(measures, 9, 5, LEASE)).isEmpty();
    assertThat(queue.claim(rewrites, 9, 5, LEASE)).isEmpty();
    assertThat(queue.claim(ANYTHING, 9, 5, LEASE))
        .extracting(LeasedTask::kind, LeasedTask::engine)
        .containsExactly(tuple("execute", Optional.of("command")));
  }

  @Test
  void larger_priority_goes_first() {
    runs.project("shop", 1);
    runs.work(brief("one", "shop", step("low", 1), step("high", 9), step("middle", 5)));

    assertThat(claim(2))
        .extracting(task -> task.task().key())
        .containsExactly("execute/high/1", "execute/middle/1");
    assertThat(claim(2)).extracting(task -> task.task().key()).containsExactly("execute/low/1");
  }

  @Test
  void a_project_with_much_work_leaves_room_for_one_with_little() {
    runs.project("big", 10);
    runs.project("small", 1);
    for (int i = 0; i < 10; i++) {
      runs.start(brief("big-" + i, "big", steps("a")));
    }
    runs.start(brief("small-1", "small", steps("a")));

    assertThat(claim(4)).extracting(task -> task.project().value()).contains("small");
  }

  @Test
  void projects_take_turns() {
    List<String> turns = new ArrayList<>();
    for (String project : List.of("a", "b", "c")) {
      runs.project(project, 2);
      runs.start(brief(project + "-1", project, steps("s")));
      runs.start(brief(project + "-2", project, steps("s")));
    }

    for (int i = 0; i < 6; i++) {
      turns.add(claim(1).getFirst().project().value());
    }

    assertThat(turns).containsExactly("a", "b", "c", "a", "b", "c");
  }

  @Test
  void a_task_carries_its_step_under_what_the_repository_tightened() {
    runs.project("shop", 1);
    Layer tighter =
        new Layer("repository", Map.of(Setting.LEAST_CONFIDENCE, new Value.Quantity(95)));
    runs.start(brief("one", "shop", steps("a")));
    LeasedTask prepare = claim(1).getFirst();
    runs.report(prepare, new RunCommand.ReportPrepared(new Run.Base(BASE, "main"), tighter));
    runs.report(claim(1).getFirst(), MEASURED);

    assertThat(claim(1).getFirst().task())
        .isInstanceOfSatisfying(
            Task.Execute.class,
            task -> assertThat(task.step().expectations().rules().leastConfidence()).isEqualTo(95));
  }

  // ---- races

  @Test
  void a_lease_that_ends_while_its_run_is_paused_hands_out_nothing() {
    runs.project("shop", 1);
    runs.work(brief("one", "shop", steps("a")));
    assertThat(claim(1)).hasSize(1);
    sql("update task set lease_until = '-infinity'");

    List<LeasedTask> meanwhile =
        database
            .transactions()
            .inTransaction(pausing -> {
              Statements.execute(
                  pausing, "update run set active = false, wants_slot = false where id = 'one'");
              return new ArrayList<>(claim(9));
            });

    assertThat(meanwhile).isEmpty();
    assertThat(claim(9)).isEmpty();
    assertThat(Statements.texts(database.transactions(), "select state from task"))
        .containsExactly("waiting");
  }

  // ---- slots and limits

  @Test
  void a_second_run_waits_until_the_first_of_its_project_is_done() {
    secondWaits();

    runs.accept("first", new RunCommand.Cancel("no"));

    assertThat(claim(9)).extracting(task -> task.run().value()).containsExactly("second");
  }

  @Test
  void a_second_run_waits_until_the_first_of_its_project_is_paused() {
    secondWaits();

    runs.accept("first", new RunCommand.Pause("lunch"));

    assertThat(claim(9)).extracting(task -> task.run().value()).containsExactly("second");
  }

  @Test
  void a_second_run_waits_until_the_first_of_its_project_is_blocked() {
    LeasedTask task = secondWaits();

    runs.report(task, new RunCommand.ReportTaskFailed(Failure.terminal("no such repository")));

    assertThat(claim(9)).extracting(t -> t.run().value()).containsExactly("second");
  }

  private LeasedTask secondWaits() {
    runs.project("shop", 1);
    runs.start(brief("first", "shop", steps("a")));
    runs.start(brief("second", "shop", steps("a")));
    List<LeasedTask> tasks = claim(9);
    assertThat(tasks).extracting(task -> task.run().value()).containsExactly("first");
    assertThat(claim(9)).isEmpty();
    return tasks.getFirst();
  }

  @Test
  void a_run_that_comes_back_waits_for_its_slot_again() {
    secondWaits();
    runs.accept("first", new RunCommand.Pause("lunch"));
    claim(9);
    sql("update task set lease_until = now() - interval '1 second' where run_id = 'first'");

    runs.accept("first", new RunCommand.Resume());
    assertThat(claim(9)).isEmpty();

    runs.accept("second", new RunCommand.Cancel("no"));
    assertThat(claim(9)).extracting(task -> task.run().value()).containsExactly("first");
  }

  @Test
  void the_limit_on_executions_holds_over_two_queues() {
    PostgresTaskQueue other = open();
    for (String project : List.of("a", "b")) {
      runs.project(project, 1);
      runs.work(brief("run-" + project, project, steps("s", "t", "u")));
    }

    int claimed =
        queue.claim(ANYTHING, 9, 4, LEASE).size() + other.claim(ANYTHING, 9, 4, LEASE).size();

    assertThat(claimed).isEqualTo(4);
    assertThat(number("select count(*) from task where state = 'leased' and kind = 'execute'"))
        .isEqualTo(4);
  }

  @Test
  void other_work_goes_on_when_the_limit_on_executions_is_reached() {
    runs.project("a", 1);
    runs.project("b", 1);
    runs.work(brief("working", "a", steps("s")));
    runs.start(brief("preparing", "b", steps("s")));

    assertThat(queue.claim(ANYTHING, 9, 0, LEASE))
        .extracting(task -> task.task().key())
        .containsExactly("prepare");
  }

  // ---- leases

  @Test
  void a_lease_ends_by_the_clock_of_the_database_and_the_late_report_is_refused() {
    LeasedTask lost = leased();
    expire(lost);

    LeasedTask again = claim(1).getFirst();

    assertThat(again.lease().task()).isEqualTo(lost.lease().task());
    assertThat(again.lease().token()).isGreaterThan(lost.lease().token());
    assertThat(runs.report(lost, PREPARED)).isEqualTo(new Reply.LeaseLost());
    assertThat(runs.report(again, PREPARED)).isInstanceOf(Reply.Accepted.class);
  }

  @Test
  void a_report_is_accepted_once() {
    LeasedTask task = leased();

    assertThat(runs.report(task, PREPARED)).isInstanceOf(Reply.Accepted.class);
    assertThat(runs.report(task, PREPARED)).isEqualTo(new Reply.LeaseLost());
  }

  @Test
  void a_renewed_lease_goes_on_and_only_those_held_are_returned() {
    LeasedTask task = leased();
    Lease stranger = new Lease(task.lease().task(), task.lease().token() + 1);

    assertThat(queue.renew(Set.of(task.lease(), stranger), Duration.ofHours(1)))
        .containsExactly(task.lease());
    assertThat(
            number("select count(*) from task where lease_until > now() + interval '50 minutes'"))
        .isEqualTo(1);

    runs.accept("one", new RunCommand.Cancel("no"));
    assertThat(queue.renew(Set.of(task.lease()), LEASE)).isEmpty();
  }

  @Test
  void a_task_given_back_is_leased_again_at_once_under_another_token() {
    LeasedTask task = leased();
    assertThat(claim(1)).isEmpty();

    queue.giveBack(Set.of(task.lease()));

    assertThat(claim(1))
        .singleElement()
        .satisfies(again -> {
          assertThat(again.lease().task()).isEqualTo(task.lease().task());
          assertThat(again.lease()).isNotEqualTo(task.lease());
        });
    assertThat(runs.report(task, PREPARED)).isEqualTo(new Reply.LeaseLost());
  }

  @Test
  void a_lease_that_is_no_longer_held_gives_nothing_back() {
    LeasedTask lost = leased();
    expire(lost);
    claim(1);

    queue.giveBack(Set.of(lost.lease()));

    assertThat(claim(1)).isEmpty();
  }

  @Test
  void tokens_never_repeat_after_a_restart_even_if_the_claims_before_were_lost() {
    Set<Long> tokens = new HashSet<>();
    leased();
    for (int i = 0; i < 5; i++) {
      queue =
          PostgresTaskQueue.open(
              database.transactions(), runs.signal(), runs.interventions(), false);
      sql("update task set state = 'ready', token = null, lease_until = null");
      assertThat(tokens.add(claim(1).getFirst().lease().token())).isTrue();
    }
    assertThat(tokens).hasSize(5);
  }

  @Test
  void the_only_server_frees_every_lease_at_its_start_and_one_of_several_does_not() {
    leased();

    PostgresTaskQueue one =
        PostgresTaskQueue.open(database.transactions(), runs.signal(), runs.interventions(), false);
    assertThat(one.claim(ANYTHING, 1, 5, LEASE)).isEmpty();

    PostgresTaskQueue sole =
        PostgresTaskQueue.open(database.transactions(), runs.signal(), runs.interventions(), true);
    assertThat(sole.claim(ANYTHING, 1, 5, LEASE)).hasSize(1);
  }

  // ---- pause, timers, withdrawal

  @Test
  void a_paused_run_hands_out_nothing_but_its_timers_and_goes_on_when_resumed() {
    runs.project("shop", 1);
    runs.work(brief("one", "shop", new Patience.AtMost(Duration.ofHours(1)), steps("a")));
    assertThat(states()).containsExactly("execute/a/1 waiting", "wake/run ready");
    assertThat(queue.claim(ANYTHING, 9, 0, LEASE)).isEmpty();
    assertThat(states()).containsExactly("execute/a/1 ready", "wake/run ready");

    runs.accept("one", new RunCommand.Pause("lunch"));
    assertThat(states()).containsExactly("execute/a/1 waiting", "wake/run ready");
    sql("update task set ready_at = now() - interval '1 second' where kind = 'wake'");
    assertThat(claim(9)).extracting(task -> task.task().key()).containsExactly("wake/run");

    runs.accept("one", new RunCommand.Resume());
    assertThat(claim(9)).extracting(task -> task.task().key()).containsExactly("execute/a/1");
  }

  @Test
  void the_lease_of_a_paused_run_that_ends_makes_its_task_wait() {
    LeasedTask task = leased();
    runs.accept("one", new RunCommand.Pause("lunch"));
    expire(task);

    assertThat(claim(9)).isEmpty();
    assertThat(states()).containsExactly("prepare waiting");
  }

  @Test
  void a_task_of_a_paused_run_that_is_given_back_waits() {
    LeasedTask task = leased();
    runs.accept("one", new RunCommand.Pause("lunch"));

    queue.giveBack(Set.of(task.lease()));

    assertThat(claim(9)).isEmpty();
    assertThat(states()).containsExactly("prepare waiting");
  }

  @Test
  void skipping_a_step_withdraws_its_task_and_not_that_of_a_step_whose_name_begins_alike() {
    runs.project("shop", 1);
    runs.work(brief("one", "shop", steps("a", "ab")));
    LeasedTask task =
        claim(9).stream()
            .filter(t -> t.task().key().equals("execute/a/1"))
            .findFirst()
            .orElseThrow();

    runs.accept("one", new RunCommand.SkipStep(new StepId("a"), "no"));

    assertThat(states()).containsExactly("execute/ab/1 leased");
    assertThat(queue.renew(Set.of(task.lease()), LEASE)).isEmpty();
    assertThat(runs.report(task, new RunCommand.ReportUnchanged(new StepId("a"), 1)))
        .isEqualTo(new Reply.LeaseLost());
  }

  @Test
  void the_end_of_a_run_withdraws_every_task_also_its_timers_and_no_other_run_s() {
    runs.project("shop", 2);
    runs.work(brief("one", "shop", new Patience.AtMost(Duration.ofHours(1)), steps("a", "b")));
    runs.start(brief("two", "shop", steps("a")));

    runs.accept("one", new RunCommand.Cancel("no"));

    assertThat(states()).containsExactly("prepare waiting");
  }

  private LeasedTask leased() {
    runs.project("shop", 1);
    runs.start(brief("one", "shop", steps("a")));
    LeasedTask task = claim(1).getFirst();
    assertThat(task.run()).isEqualTo(new RunId("one"));
    assertThat(task.task()).isEqualTo(new Task.Prepare(""));
    assertThat(task.correlation()).isEqualTo("request-1");
    return task;
  }

  private void expire(LeasedTask task) {
    sql(
        "update task set lease_until = clock_timestamp() - interval '1 second' where id = "
            + task.lease().task());
  }

  private List<LeasedTask> claim(int most) {
    return queue.claim(ANYTHING, most, 5, LEASE);
  }

  private static List<String> states() {
    return Statements.texts(
        database.transactions(), "select key || ' ' || state from task order by key");
  }

  private static long number(String sql) {
    return Statements.number(database.transactions(), sql);
  }

  private static void sql(String sql) {
    Statements.execute(database.transactions(), sql);
  }
}
