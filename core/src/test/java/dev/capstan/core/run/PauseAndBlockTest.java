package dev.capstan.core.run;

import static dev.capstan.core.run.PolicyDraft.policy;
import static dev.capstan.core.run.RunExamples.BASELINE;
import static dev.capstan.core.run.RunExamples.attemptFailed;
import static dev.capstan.core.run.RunExamples.completed;
import static dev.capstan.core.run.RunExamples.delivered;
import static dev.capstan.core.run.RunExamples.executed;
import static dev.capstan.core.run.RunExamples.fail;
import static dev.capstan.core.run.RunExamples.id;
import static dev.capstan.core.run.RunExamples.ids;
import static dev.capstan.core.run.RunExamples.integrated;
import static dev.capstan.core.run.RunExamples.measured;
import static dev.capstan.core.run.RunExamples.pass;
import static dev.capstan.core.run.RunExamples.passed;
import static dev.capstan.core.run.RunExamples.prepared;
import static dev.capstan.core.run.RunExamples.started;
import static dev.capstan.core.run.RunExamples.taskFailed;
import static dev.capstan.core.run.RunExamples.taskFailedForGood;
import static dev.capstan.core.run.RunExamples.tipVerified;
import static dev.capstan.core.run.StepDraft.step;
import static org.assertj.core.api.Assertions.assertThat;

import dev.capstan.core.run.RetryPolicy.Exhausted;
import org.junit.jupiter.api.Test;

/** A paused run starts nothing; a blocked one waits for a person; both still hear reports. */
final class PauseAndBlockTest {
  private static final RunCommand PAUSE = new RunCommand.Pause("lunch");
  private static final RunCommand RESUME = new RunCommand.Resume();
  private static final RunCommand RETRY = new RunCommand.Retry();

  @Test
  void a_paused_run_hears_reports_but_starts_nothing() {
    Given.working(policy().parallel(1).build(), step("a"), step("b"))
        .when(PAUSE)
        .then(new RunEvent.Paused("lunch"))
        .when(executed("a", 1))
        .thenTypes(RunEvent.AttemptExecuted.class)
        .when(passed("a", 1))
        .then(new RunEvent.AttemptVerified(id("a"), pass("a-1")))
        .when(RESUME)
        .then(new RunEvent.Resumed(), completed("a", "a-1"), started("b", 1, "a-1"));
  }

  @Test
  void a_pause_outlives_the_end_of_the_stage_before_the_work() {
    Given paused =
        Given.preparing(policy().build(), step("a"))
            .and(PAUSE)
            .when(prepared())
            .thenTypes(RunEvent.Prepared.class)
            .when(measured())
            .then(
                new RunEvent.BaselineMeasured(BASELINE),
                new RunEvent.PlanApproved("approved by policy"),
                new RunEvent.Paused("lunch"));
    assertThat(paused.status()).isEqualTo(Run.Status.PAUSED);
    paused.when(RESUME).then(new RunEvent.Resumed(), started("a", 1, "base"));
  }

  @Test
  void a_paused_run_whose_plan_needs_a_person_waits_for_that_person() {
    Given.measuring(policy().planApprovedByPerson().build(), step("a"))
        .and(PAUSE)
        .when(measured())
        .then(new RunEvent.BaselineMeasured(BASELINE))
        .when(new RunCommand.ApprovePlan("go"))
        .then(new RunEvent.PlanApproved("go"), started("a", 1, "base"));
  }

  @Test
  void a_delivery_that_was_under_way_completes_a_paused_run() {
    Given.working(step("a"))
        .and(executed("a", 1), passed("a", 1), PAUSE)
        .when(delivered())
        .thenTypes(RunEvent.Completed.class);
  }

  @Test
  void pausing_and_resuming_twice_is_refused() {
    Given.working(step("a"))
        .and(PAUSE)
        .when(PAUSE)
        .thenRefused(new Refusal.NotNow(Run.Status.PAUSED, "pause"))
        .and(RESUME)
        .when(RESUME)
        .thenRefused(new Refusal.NotNow(Run.Status.RUNNING, "resume"));
  }

  @Test
  void resuming_twice_does_not_retry_what_the_first_found_blocked() {
    Given.working(policy().tries(1, Exhausted.BLOCK).build(), step("a"))
        .and(PAUSE, attemptFailed("a", 1))
        .when(RESUME)
        .then(new RunEvent.Resumed(), new RunEvent.Blocked("a person is needed for a"))
        .when(RESUME)
        .thenRefused(new Refusal.NotNow(Run.Status.BLOCKED, "resume"));
  }

  @Test
  void a_failure_for_good_blocks_a_paused_run_too() {
    Given.preparing(policy().build(), step("a"))
        .and(PAUSE)
        .when(taskFailedForGood())
        .then(new RunEvent.Blocked("no such repository"))
        .when(RETRY)
        .then(new RunEvent.Unblocked());
  }

  @Test
  void retry_begins_the_failed_stage_afresh() {
    Given blocked = Given.preparing(policy().build(), step("a")).and(taskFailed(), taskFailed());
    blocked
        .when(RETRY)
        .then(new RunEvent.Unblocked())
        .when(taskFailed())
        .thenTypes(RunEvent.TaskFailed.class);
  }

  @Test
  void a_late_report_does_not_stir_a_blocked_stage() {
    Given blocked = Given.preparing(policy().build(), step("a")).and(taskFailedForGood());
    blocked
        .when(taskFailed())
        .thenRefused(new Refusal.NotNow(Run.Status.BLOCKED, "report task failed"));
    blocked.when(prepared()).thenRefused(new Refusal.NotNow(Run.Status.BLOCKED, "report prepared"));
  }

  @Test
  void a_refusal_of_a_blocked_run_says_that_it_is_blocked() {
    Given.preparing(policy().build(), step("a"))
        .and(taskFailedForGood())
        .when(PAUSE)
        .thenRefused(new Refusal.NotNow(Run.Status.BLOCKED, "pause"));
  }

  @Test
  void steps_under_way_still_report_to_a_blocked_run_which_stays_blocked() {
    Given blocked =
        Given.working(policy().parallel(3).build(), step("a"), step("b"), step("c"))
            .and(executed("a", 1), executed("b", 1), passed("a", 1), passed("b", 1))
            .and(taskFailedForGood());
    assertThat(blocked.status()).isEqualTo(Run.Status.BLOCKED);
    Given reported =
        blocked
            .when(executed("c", 1))
            .thenTypes(RunEvent.AttemptExecuted.class)
            .when(passed("c", 1))
            .thenTypes(RunEvent.AttemptVerified.class);
    assertThat(reported.status()).isEqualTo(Run.Status.BLOCKED);
    reported
        .when(RETRY)
        .then(new RunEvent.Unblocked(), new RunEvent.IntegrationStarted(ids("b", "c")));
  }

  @Test
  void a_failing_attempt_in_a_blocked_run_waits_with_its_next_try() {
    Given blocked =
        Given.working(policy().parallel(3).build(), step("a"), step("b"), step("c"))
            .and(executed("a", 1), executed("b", 1), passed("a", 1), passed("b", 1))
            .and(taskFailedForGood());
    blocked.when(attemptFailed("c", 1)).thenTypes(RunEvent.AttemptFailed.class);
  }

  @Test
  void retry_reopens_every_blocked_step() {
    Given.working(policy().tries(1, Exhausted.BLOCK).build(), step("a"), step("b"))
        .and(attemptFailed("a", 1), attemptFailed("b", 1))
        .when(RETRY)
        .then(
            new RunEvent.Unblocked(),
            new RunEvent.StepReopened(id("a")),
            new RunEvent.StepReopened(id("b")),
            started("a", 2, "base"),
            started("b", 2, "base"));
  }

  @Test
  void a_step_reopened_while_the_tip_is_held_joins_the_branch_and_frees_the_tip() {
    RunPolicy policy = policy().parallel(3).tries(1, Exhausted.FAIL).deliveringInPart().build();
    Given held =
        Given.working(policy, step("a"), step("b"), step("c"))
            .and(attemptFailed("c", 1), executed("a", 1), executed("b", 1))
            .and(passed("a", 1), passed("b", 1), integrated("merged", "b"))
            .and(tipVerified(fail("merged")));
    assertThat(held.progress().lane()).isInstanceOf(Lane.TipHeld.class);
    held.when(new RunCommand.RetryStep(id("c")))
        .then(
            new RunEvent.Unblocked(), new RunEvent.StepReopened(id("c")), started("c", 2, "merged"))
        .and(executed("c", 2))
        .when(passed("c", 2))
        .then(
            new RunEvent.AttemptVerified(id("c"), pass("c-2")),
            completed("c", "c-2"),
            new RunEvent.DeliveryStarted());
  }

  @Test
  void retrying_a_run_that_is_not_blocked_is_refused() {
    Given.working(step("a"))
        .when(RETRY)
        .thenRefused(new Refusal.NotNow(Run.Status.RUNNING, "retry"));
  }
}
