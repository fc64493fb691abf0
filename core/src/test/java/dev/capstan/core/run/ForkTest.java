package dev.capstan.core.run;

import static dev.capstan.core.run.PolicyDraft.policy;
import static dev.capstan.core.run.RunExamples.BASE;
import static dev.capstan.core.run.RunExamples.BASELINE;
import static dev.capstan.core.run.RunExamples.commit;
import static dev.capstan.core.run.RunExamples.executed;
import static dev.capstan.core.run.RunExamples.id;
import static dev.capstan.core.run.RunExamples.passed;
import static dev.capstan.core.run.RunExamples.started;
import static dev.capstan.core.run.StepDraft.step;
import static org.assertj.core.api.Assertions.assertThat;

import dev.capstan.core.RunId;
import dev.capstan.core.StepId;
import dev.capstan.core.plan.Work;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A run begins where another one was. */
final class ForkTest {
  private static final RunId FORK = new RunId("run-2");

  private static RunCommand fork(Given of, Map<StepId, List<Work>> engines) {
    return new RunCommand.Fork(FORK, origin(of), (Run.Known) of.run(), engines);
  }

  private static Origin origin(Given of) {
    return new Origin(RunExamples.RUN, of.history().size());
  }

  private static Brief brief(Given of) {
    return ((Run.Known) of.run()).brief().forked(FORK, Map.of());
  }

  private static Given oneDone() {
    return Given.working(step("a"), step("b").after("a"), step("c").after("b"))
        .and(executed("a", 1), passed("a", 1), new RunCommand.SkipStep(id("c"), "no"));
  }

  @Test
  void what_was_done_is_done_and_what_was_under_way_begins_afresh() {
    Given origin = oneDone();
    Given forked =
        Given.events()
            .when(fork(origin, Map.of()))
            .then(
                new RunEvent.Created(brief(origin)),
                new RunEvent.Forked(
                    origin(origin),
                    new Reached.Work(
                        BASE,
                        BASELINE,
                        commit("a-1"),
                        List.of(new Reached.Joined(id("a"), commit("base"), 0)),
                        Map.of(id("c"), "no"))));
    assertThat(forked.status()).isEqualTo(Run.Status.PAUSED);
    forked.when(new RunCommand.Resume()).then(new RunEvent.Resumed(), started("b", 1, "a-1"));
  }

  @Test
  void a_fork_goes_back_behind_its_beginning_as_the_other_could() {
    Given.events()
        .and(fork(oneDone(), Map.of()))
        .and(new RunCommand.Resume())
        .when(new RunCommand.RerunFrom(id("a"), "otherwise"))
        .then(
            new RunEvent.Rewound(id("a"), RunExamples.ids("a", "b"), commit("base"), "otherwise"),
            started("a", 1, "base"));
  }

  @Test
  void another_engine_performs_a_step() {
    List<Work> agent = step("b").by("agent").build().engines();
    Given forked =
        Given.events().and(fork(oneDone(), Map.of(id("b"), agent)), new RunCommand.Resume());
    assertThat(((Run.Known) forked.run()).brief().plan().step(id("b")).engines()).isEqualTo(agent);
  }

  @Test
  void a_step_that_is_done_is_performed_by_nobody() {
    List<Work> agent = step("a").by("agent").build().engines();
    Given.events()
        .when(fork(oneDone(), Map.of(id("a"), agent)))
        .thenRefused(
            new Refusal.StepNotNow(
                id("a"), StepState.Status.COMPLETED, "choose another engine for"))
        .when(fork(oneDone(), Map.of(id("z"), agent)))
        .thenRefused(new Refusal.NoSuchStep(id("z")));
  }

  @Test
  void before_the_work_a_fork_is_a_run_like_any_other() {
    Given measuring = Given.measuring(policy().build(), step("a"));
    Given.events()
        .when(fork(measuring, Map.of()))
        .then(
            new RunEvent.Created(brief(measuring)),
            new RunEvent.Forked(origin(measuring), new Reached.Nothing()))
        .when(new RunCommand.Start())
        .then(new RunEvent.Started());
  }

  @Test
  void a_run_that_is_over_can_be_forked() {
    Given over = oneDone().and(new RunCommand.Cancel("no"));
    Given.events()
        .and(fork(over, Map.of()))
        .when(new RunCommand.Resume())
        .then(new RunEvent.Resumed(), started("b", 1, "a-1"));
  }

  @Test
  void the_time_limits_of_a_fork_count_from_it() {
    Given origin =
        Given.working(
            policy().within(Duration.ofHours(1)).build(),
            step("a"),
            step("b").after("a").waitingAtMost(Duration.ofMinutes(5)));
    assertThat(Given.events().when(fork(origin, Map.of())).tasks())
        .containsExactly(
            new Task.Wake(new Timer.RunLimit()), new Task.Wake(new Timer.BarrierLimit(id("b"))));
  }

  @Test
  void the_same_run_is_forked_once() {
    RunCommand fork = fork(oneDone(), Map.of());
    Given.events().and(fork).when(fork).thenRefused(new Refusal.AlreadyExists(FORK));
  }
}
