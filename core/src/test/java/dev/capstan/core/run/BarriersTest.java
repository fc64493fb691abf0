package dev.capstan.core.run;

import static dev.capstan.core.run.PolicyDraft.policy;
import static dev.capstan.core.run.RunExamples.NOW;
import static dev.capstan.core.run.RunExamples.attemptFailed;
import static dev.capstan.core.run.RunExamples.executed;
import static dev.capstan.core.run.RunExamples.id;
import static dev.capstan.core.run.RunExamples.measured;
import static dev.capstan.core.run.RunExamples.passed;
import static dev.capstan.core.run.RunExamples.started;
import static dev.capstan.core.run.StepDraft.step;
import static org.assertj.core.api.Assertions.assertThat;

import dev.capstan.core.evidence.Response;
import dev.capstan.core.run.RetryPolicy.Exhausted;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What a step waits for, for how long, and what if it cannot come. */
final class BarriersTest {
  private static final RunPolicy FAILING = policy().tries(1, Exhausted.FAIL).build();
  private static final String LOST = "steps it waits for have failed";
  private static final String TIME_OUT =
      "the steps it waits for were not done within its time limit";

  private static RunCommand timeOut(String step) {
    return new RunCommand.Elapse(new Timer.BarrierLimit(id(step)));
  }

  @Test
  void a_step_waits_for_all_of_its_dependencies() {
    Given.working(step("a"), step("b"), step("c").after("a", "b"))
        .and(executed("a", 1), executed("b", 1))
        .when(passed("a", 1))
        .thenTypes(RunEvent.AttemptVerified.class, RunEvent.StepCompleted.class)
        .when(passed("b", 1))
        .thenTypes(RunEvent.AttemptVerified.class, RunEvent.IntegrationStarted.class)
        .when(RunExamples.integrated("merged", "b"))
        .then(
            new RunEvent.Integrated(RunExamples.commit("merged"), RunExamples.ids("b")),
            started("c", 1, "merged"));
  }

  @Test
  void a_step_may_wait_for_some_of_its_dependencies_only() {
    Given.working(step("a"), step("b"), step("c").afterAtLeast(1, "a", "b"))
        .and(executed("a", 1))
        .when(passed("a", 1))
        .thenTypes(
            RunEvent.AttemptVerified.class,
            RunEvent.StepCompleted.class,
            RunEvent.StepStarted.class);
  }

  @Test
  void a_skipped_dependency_counts_as_done() {
    Given.working(step("a"), step("b").after("a"))
        .when(new RunCommand.SkipStep(id("a"), "by hand"))
        .then(new RunEvent.StepSkipped(id("a"), "by hand"), started("b", 1, "base"));
  }

  @Test
  void a_step_whose_barrier_can_no_longer_open_fails_and_so_do_those_after_it() {
    Given.working(FAILING, step("a"), step("b").after("a"), step("c").after("b"))
        .when(attemptFailed("a", 1))
        .then(
            new RunEvent.AttemptFailed(
                id("a"), 1, Failure.recoverable("broken"), 1, new Response.Fix()),
            new RunEvent.StepFailed(id("a"), "broken"),
            new RunEvent.StepFailed(id("b"), LOST),
            new RunEvent.StepFailed(id("c"), LOST),
            new RunEvent.Failed("steps failed for good: a, b, c"));
  }

  @Test
  void a_barrier_that_needs_one_of_two_survives_the_failure_of_one() {
    Given given =
        Given.working(FAILING, step("a"), step("b"), step("c").afterAtLeast(1, "a", "b"))
            .when(attemptFailed("a", 1))
            .thenTypes(RunEvent.AttemptFailed.class, RunEvent.StepFailed.class);
    assertThat(given.stateOf("c")).isInstanceOf(StepState.Pending.class);
    given
        .when(attemptFailed("b", 1))
        .thenTypes(
            RunEvent.AttemptFailed.class,
            RunEvent.StepFailed.class,
            RunEvent.StepFailed.class,
            RunEvent.Failed.class);
  }

  @Test
  void the_patience_of_a_step_is_a_timer_from_the_plan_s_approval() {
    Given measuring =
        Given.measuring(
            policy().build(), step("a"), step("b").after("a").waitingAtMost(Duration.ofHours(2)));
    assertThat(measuring.when(measured()).effects())
        .contains(
            new Effect.Enqueue(
                new Task.Wake(new Timer.BarrierLimit(id("b"))), NOW.plus(Duration.ofHours(2)), 0));
  }

  @Test
  void a_step_that_waited_too_long_is_blocked() {
    Given.working(step("a"), step("b").after("a"))
        .when(timeOut("b"))
        .then(new RunEvent.StepBlocked(id("b"), TIME_OUT))
        .when(new RunCommand.RetryStep(id("b")))
        .then(new RunEvent.StepReopened(id("b")));
  }

  @Test
  void a_time_out_after_the_step_has_started_is_nothing() {
    Given.working(step("a")).when(timeOut("a")).thenNothing();
    Given.working(step("a")).and(attemptFailed("a", 1)).when(timeOut("a")).thenNothing();
  }

  @Test
  void a_time_out_of_a_step_that_only_waits_for_its_turn_is_nothing() {
    Given.working(policy().parallel(1).build(), step("a"), step("b"))
        .when(timeOut("b"))
        .thenNothing();
  }

  @Test
  void a_time_out_does_not_stir_a_run_that_waits_for_a_person() {
    Given blocked =
        Given.working(policy().tries(1, Exhausted.BLOCK).build(), step("a"))
            .and(executed("a", 1), passed("a", 1), RunExamples.taskFailedForGood());
    assertThat(blocked.status()).isEqualTo(Run.Status.BLOCKED);
    assertThat(blocked.when(timeOut("a")).effects()).isEmpty();
    assertThat(blocked.and(timeOut("a")).status()).isEqualTo(Run.Status.BLOCKED);
  }
}
