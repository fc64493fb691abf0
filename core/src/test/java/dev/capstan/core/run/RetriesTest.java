package dev.capstan.core.run;

import static dev.capstan.core.run.PolicyDraft.delayOf;
import static dev.capstan.core.run.PolicyDraft.policy;
import static dev.capstan.core.run.RunExamples.NOW;
import static dev.capstan.core.run.RunExamples.attemptFailed;
import static dev.capstan.core.run.RunExamples.attemptFailedForGood;
import static dev.capstan.core.run.RunExamples.commit;
import static dev.capstan.core.run.RunExamples.executed;
import static dev.capstan.core.run.RunExamples.fail;
import static dev.capstan.core.run.RunExamples.id;
import static dev.capstan.core.run.RunExamples.started;
import static dev.capstan.core.run.RunExamples.taskFailed;
import static dev.capstan.core.run.RunExamples.taskFailedForGood;
import static dev.capstan.core.run.RunExamples.unchanged;
import static dev.capstan.core.run.RunExamples.verified;
import static dev.capstan.core.run.StepDraft.step;
import static org.assertj.core.api.Assertions.assertThat;

import dev.capstan.core.evidence.Response;
import dev.capstan.core.evidence.Verdict;
import dev.capstan.core.evidence.Violation;
import dev.capstan.core.evidence.Violation.Category;
import dev.capstan.core.run.RetryPolicy.Exhausted;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What follows a failure: another try, another engine, a person, or the end. */
final class RetriesTest {
  private static final Failure BROKEN = Failure.recoverable("broken");
  private static final Violation LINT =
      new Violation(Category.LINT, "a/File.java", "a new warning");
  private static final Failure HOPELESS = Failure.terminal("hopeless");

  private static RunEvent failedAttempt(String step, int attempt, Failure why, int nextEngine) {
    return new RunEvent.AttemptFailed(id(step), attempt, why, nextEngine, new Response.Fix());
  }

  @Test
  void a_recoverable_failure_is_tried_again_after_a_delay() {
    Given.working(step("a"))
        .when(attemptFailed("a", 1))
        .then(
            failedAttempt("a", 1, BROKEN, 0),
            new RunEvent.StepStarted(
                id("a"), new Attempt(2, 0, commit("base")), NOW.plus(delayOf("a", 1))));
  }

  @Test
  void a_shut_gate_is_a_failure_that_can_be_tried_again() {
    Given.working(step("a"))
        .and(executed("a", 1))
        .when(verified("a", 1, Verdict.FAIL))
        .then(
            new RunEvent.GateShut(id("a"), fail("a-1")),
            failedAttempt("a", 1, Failure.recoverable("TESTS: 12 before, 12 after"), 0),
            new RunEvent.StepStarted(
                id("a"), new Attempt(2, 0, commit("base")), NOW.plus(delayOf("a", 1))));
  }

  @Test
  void a_used_up_engine_hands_over_to_the_next_without_delay() {
    Given.working(step("a").by("recipe", "agent"))
        .and(attemptFailed("a", 1))
        .when(attemptFailed("a", 2))
        .then(failedAttempt("a", 2, BROKEN, 1), started("a", 3, 1, "base"));
  }

  @Test
  void a_terminal_failure_hands_over_to_the_next_engine_at_once() {
    Given.working(step("a").by("recipe", "agent"))
        .when(attemptFailedForGood("a", 1))
        .then(failedAttempt("a", 1, HOPELESS, 1), started("a", 2, 1, "base"));
  }

  @Test
  void an_engine_that_changes_no_file_though_it_should_has_failed_for_good() {
    String why = "the engine ended well but changed no file";
    Given.working(step("a").by("recipe", "agent"))
        .when(unchanged("a", 1))
        .then(failedAttempt("a", 1, Failure.terminal(why), 1), started("a", 2, 1, "base"));
  }

  @Test
  void a_step_whose_engines_are_used_up_is_blocked_and_with_it_the_run() {
    Given blocked =
        Given.working(policy().tries(1, Exhausted.BLOCK).build(), step("a"))
            .when(attemptFailed("a", 1))
            .then(
                failedAttempt("a", 1, BROKEN, 1),
                new RunEvent.StepBlocked(id("a"), "broken"),
                new RunEvent.Blocked("a person is needed for a"));
    blocked
        .when(new RunCommand.RetryStep(id("a")))
        .then(
            new RunEvent.Unblocked(), new RunEvent.StepReopened(id("a")), started("a", 2, "base"));
  }

  @Test
  void a_step_whose_engines_are_used_up_fails_the_run_if_policy_says_so() {
    Given.working(policy().tries(1, Exhausted.FAIL).build(), step("a"))
        .when(attemptFailed("a", 1))
        .then(
            failedAttempt("a", 1, BROKEN, 1),
            new RunEvent.StepFailed(id("a"), "broken"),
            new RunEvent.Failed("steps failed for good: a"));
  }

  @Test
  void the_kind_of_a_step_chooses_its_retry_policy() {
    Given.working(policy().triesOf("upgrade", 1, Exhausted.FAIL).build(), step("a").kind("upgrade"))
        .when(attemptFailed("a", 1))
        .thenTypes(RunEvent.AttemptFailed.class, RunEvent.StepFailed.class, RunEvent.Failed.class);
  }

  @Test
  void other_steps_go_on_while_one_is_blocked() {
    Given.working(policy().tries(1, Exhausted.BLOCK).build(), step("a"), step("b"))
        .when(attemptFailed("a", 1))
        .thenTypes(RunEvent.AttemptFailed.class, RunEvent.StepBlocked.class);
  }

  @Test
  void the_run_fails_at_its_error_threshold() {
    Given.working(policy().tries(9, Exhausted.BLOCK).atMostFailedAttempts(2).build(), step("a"))
        .and(attemptFailed("a", 1, Failure.recoverable("broken otherwise")))
        .when(attemptFailed("a", 2))
        .then(
            failedAttempt("a", 2, BROKEN, 0),
            new RunEvent.Failed(
                "2 attempts failed, which is the run's error threshold; the last: broken"));
  }

  @Test
  void a_command_that_fails_twice_alike_is_not_tried_a_third_time() {
    Given.working(policy().tries(9, Exhausted.BLOCK).build(), step("a").by("command", "agent"))
        .and(attemptFailed("a", 1))
        .when(attemptFailed("a", 2))
        .then(failedAttempt("a", 2, BROKEN, 1), started("a", 3, 1, "base"));
  }

  @Test
  void an_agent_that_fails_twice_alike_is_tried_again() {
    Given.working(policy().tries(9, Exhausted.BLOCK).build(), step("a").by("agent"))
        .and(attemptFailed("a", 1))
        .when(attemptFailed("a", 2))
        .thenTypes(RunEvent.AttemptFailed.class, RunEvent.StepStarted.class);
  }

  @Test
  void a_command_that_fails_in_another_way_is_making_progress() {
    Given.working(policy().tries(9, Exhausted.BLOCK).build(), step("a"))
        .and(attemptFailed("a", 1))
        .when(attemptFailed("a", 2, Failure.recoverable("broken otherwise")))
        .thenTypes(RunEvent.AttemptFailed.class, RunEvent.StepStarted.class);
  }

  @Test
  void what_is_to_be_fixed_is_given_to_the_next_attempt() {
    Given given =
        Given.working(step("a"))
            .and(executed("a", 1), verified("a", 1, Verdict.FAIL, LINT))
            .and(executed("a", 2));
    assertThat(startedIn(given).toFix()).containsExactly(LINT);
  }

  @Test
  void what_is_only_to_be_tried_again_is_not_told() {
    Given given =
        Given.working(
                step("a")
                    .responding(Map.of(Category.LINT, new Response.Retry()), new Response.Retry()))
            .and(executed("a", 1), verified("a", 1, Verdict.FAIL, LINT));
    assertThat(startedIn(given).toFix()).isEmpty();
  }

  @Test
  void what_is_escalated_goes_to_the_next_engine_at_once() {
    Given given =
        Given.working(
                step("a")
                    .by("command", "agent")
                    .responding(Map.of(Category.LINT, new Response.Escalate()), new Response.Fix()))
            .and(executed("a", 1), verified("a", 1, Verdict.FAIL, LINT));
    assertThat(startedIn(given).engine()).isEqualTo(1);
  }

  @Test
  void what_blocks_asks_a_person_at_once_although_tries_are_left() {
    Given.working(
            step("a")
                .by("command", "agent")
                .responding(Map.of(Category.LINT, new Response.Block()), new Response.Fix()))
        .and(executed("a", 1))
        .when(verified("a", 1, Verdict.FAIL, LINT))
        .thenTypes(
            RunEvent.GateShut.class,
            RunEvent.AttemptFailed.class,
            RunEvent.StepBlocked.class,
            RunEvent.Blocked.class);
  }

  private static Attempt startedIn(Given given) {
    return given.history().stream()
        .filter(RunEvent.StepStarted.class::isInstance)
        .map(event -> ((RunEvent.StepStarted) event).attempt())
        .reduce((_, last) -> last)
        .orElseThrow();
  }

  @Test
  void the_threshold_counts_the_attempts_of_all_steps() {
    Given.working(
            policy().tries(9, Exhausted.BLOCK).atMostFailedAttempts(2).build(),
            step("a"),
            step("b"))
        .and(attemptFailed("a", 1))
        .when(attemptFailed("b", 1))
        .thenTypes(RunEvent.AttemptFailed.class, RunEvent.Failed.class);
  }

  @Test
  void a_stage_that_fails_is_tried_again_after_a_delay_and_then_needs_a_person() {
    Given preparing = Given.preparing(policy().build(), step("a"));
    Instant later = NOW.plus(PolicyDraft.delayOfTask(1));
    assertThat(preparing.when(taskFailed()).effects())
        .containsExactly(new Effect.Enqueue(new Task.Prepare(""), later, 0));
    Given blocked =
        preparing
            .when(taskFailed())
            .then(new RunEvent.TaskFailed(Failure.recoverable("the disk is full"), later))
            .when(taskFailed())
            .then(new RunEvent.Blocked("the disk is full"));
    assertThat(blocked.when(new RunCommand.Retry()).tasks()).containsExactly(new Task.Prepare(""));
  }

  @Test
  void a_stage_that_cannot_succeed_needs_a_person_at_once() {
    Given.measuring(policy().build(), step("a"))
        .when(taskFailedForGood())
        .then(new RunEvent.Blocked("no such repository"));
  }

  @Test
  void the_delay_doubles_up_to_its_cap_and_keeps_at_least_half_of_it() {
    RetryPolicy policy =
        new RetryPolicy(9, Duration.ofSeconds(10), Duration.ofMinutes(1), Exhausted.BLOCK);
    for (int failures = 1; failures < 40; failures++) {
      long whole = failures > 3 ? 60_000 : 10_000L << (failures - 1);
      for (long seed = -50; seed < 50; seed++) {
        assertThat(policy.delayAfter(failures, seed).toMillis()).isBetween(whole / 2, whole);
      }
    }
  }

  @Test
  void the_delay_depends_on_the_seed_only() {
    RetryPolicy policy = PolicyDraft.retry(3, Exhausted.BLOCK);
    assertThat(policy.delayAfter(1, 42)).isEqualTo(policy.delayAfter(1, 42));
    assertThat(policy.delayAfter(1, 42)).isNotEqualTo(policy.delayAfter(1, 43));
  }

  @Test
  void no_delay_is_no_delay() {
    RetryPolicy policy = new RetryPolicy(3, Duration.ZERO, Duration.ZERO, Exhausted.BLOCK);
    assertThat(policy.delayAfter(7, 42)).isZero();
  }
}
