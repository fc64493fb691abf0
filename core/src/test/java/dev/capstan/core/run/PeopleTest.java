package dev.capstan.core.run;

import static dev.capstan.core.run.PolicyDraft.policy;
import static dev.capstan.core.run.RunExamples.NOW;
import static dev.capstan.core.run.RunExamples.attemptFailed;
import static dev.capstan.core.run.RunExamples.completed;
import static dev.capstan.core.run.RunExamples.executed;
import static dev.capstan.core.run.RunExamples.id;
import static dev.capstan.core.run.RunExamples.integrated;
import static dev.capstan.core.run.RunExamples.passed;
import static dev.capstan.core.run.RunExamples.started;
import static dev.capstan.core.run.RunExamples.tipVerified;
import static dev.capstan.core.run.RunExamples.unchanged;
import static dev.capstan.core.run.RunExamples.unsettled;
import static dev.capstan.core.run.RunExamples.verified;
import static dev.capstan.core.run.StepDraft.step;
import static org.assertj.core.api.Assertions.assertThat;

import dev.capstan.core.evidence.Response;
import dev.capstan.core.evidence.Verdict;
import dev.capstan.core.run.RetryPolicy.Exhausted;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What people approve, reject, skip, retry and end. */
final class PeopleTest {
  private static final RunPolicy FAILING = policy().tries(1, Exhausted.FAIL).build();
  private static final String DID_NOT_RUN = "TESTS DID_NOT_RUN: 12 before, 12 after";

  private static Given planned() {
    return Given.working(policy().planApprovedByPerson().build(), step("a"));
  }

  private static Given needingQa() {
    return Given.working(step("a")).and(executed("a", 1), verified("a", 1, Verdict.DID_NOT_RUN));
  }

  private static Given tipInDoubt() {
    return Given.working(step("a"), step("b"))
        .and(executed("a", 1), executed("b", 1), passed("a", 1), passed("b", 1))
        .and(integrated("merged", "b"), tipVerified(unsettled("merged")));
  }

  @Test
  void a_plan_waits_for_approval_if_policy_asks() {
    planned()
        .when(new RunCommand.ApprovePlan("good"))
        .then(new RunEvent.PlanApproved("good"), started("a", 1, "base"))
        .when(new RunCommand.ApprovePlan("good"))
        .thenRefused(new Refusal.NotNow(Run.Status.RUNNING, "approve plan"));
  }

  @Test
  void a_rejected_plan_cancels_the_run() {
    planned()
        .when(new RunCommand.RejectPlan("too large"))
        .then(new RunEvent.Cancelled("the plan was rejected: too large"));
  }

  @Test
  void a_step_whose_evidence_is_unsettled_asks_a_person() {
    Given.working(step("a"))
        .and(executed("a", 1))
        .when(verified("a", 1, Verdict.DID_NOT_RUN))
        .then(
            new RunEvent.QaRequested(id("a"), unsettled("a-1"), List.of(DID_NOT_RUN)),
            new RunEvent.Blocked("a person is needed for a"));
  }

  @Test
  void a_person_opens_the_gate() {
    needingQa()
        .when(new RunCommand.ApproveStep(id("a"), "I ran them"))
        .then(
            new RunEvent.Unblocked(),
            new RunEvent.QaApproved(id("a"), "I ran them"),
            completed("a", "a-1"),
            new RunEvent.DeliveryStarted());
  }

  @Test
  void a_person_shuts_the_gate_and_the_step_is_tried_again() {
    Failure rejected = Failure.recoverable("a person rejected it: no tests");
    needingQa()
        .when(new RunCommand.RejectStep(id("a"), "no tests"))
        .then(
            new RunEvent.Unblocked(),
            new RunEvent.AttemptFailed(id("a"), 1, rejected, 0, new Response.Retry()),
            new RunEvent.StepStarted(
                id("a"),
                new Attempt(2, 0, RunExamples.commit("base")),
                NOW.plus(PolicyDraft.delayOf("a", 1))));
  }

  @Test
  void policy_may_ask_a_person_although_every_check_passed() {
    Given asked =
        Given.working(step("a").alwaysApproved())
            .and(executed("a", 1))
            .when(passed("a", 1))
            .thenTypes(RunEvent.QaRequested.class, RunEvent.Blocked.class);
    assertThat(asked.stateOf("a").status()).isEqualTo(StepState.Status.NEEDS_QA);
  }

  @Test
  void a_step_that_waits_for_no_person_is_not_approved() {
    Given.working(step("a"))
        .when(new RunCommand.ApproveStep(id("a"), "fine"))
        .thenRefused(new Refusal.StepNotNow(id("a"), StepState.Status.RUNNING, "approve"))
        .when(new RunCommand.ApproveStep(id("z"), "fine"))
        .thenRefused(new Refusal.NoSuchStep(id("z")));
  }

  @Test
  void a_tip_in_doubt_asks_a_person() {
    Given doubt = tipInDoubt();
    assertThat(doubt.status()).isEqualTo(Run.Status.BLOCKED);
    doubt
        .when(new RunCommand.ApproveTip("I ran them"))
        .then(
            new RunEvent.Unblocked(),
            new RunEvent.TipApproved("I ran them"),
            new RunEvent.DeliveryStarted());
  }

  @Test
  void a_skipped_step_is_taken_back_from_its_worker() {
    Given working = Given.working(step("a"), step("b"));
    RunCommand skip = new RunCommand.SkipStep(id("a"), "not needed");
    assertThat(working.when(skip).effects())
        .containsExactly(new Effect.Withdraw("execute/a/"), new Effect.Withdraw("verify/a/"));
    working
        .and(skip)
        .when(skip)
        .thenRefused(new Refusal.StepNotNow(id("a"), StepState.Status.SKIPPED, "skip"));
  }

  @Test
  void a_failed_step_may_be_tried_again_while_others_are_at_work() {
    Given.working(FAILING, step("a"), step("b"))
        .and(attemptFailed("a", 1))
        .when(new RunCommand.RetryStep(id("a")))
        .then(new RunEvent.StepReopened(id("a")), started("a", 2, "base"));
  }

  @Test
  void a_step_at_work_is_not_retried() {
    Given.working(step("a"))
        .when(new RunCommand.RetryStep(id("a")))
        .thenRefused(new Refusal.StepNotNow(id("a"), StepState.Status.RUNNING, "retry"))
        .when(new RunCommand.RetryStep(id("z")))
        .thenRefused(new Refusal.NoSuchStep(id("z")));
  }

  @Test
  void cancelling_ends_the_run_and_every_open_step() {
    Given working = Given.working(step("a"), step("b").after("a"));
    RunCommand cancel = new RunCommand.Cancel("wrong branch");
    assertThat(working.when(cancel).effects()).containsExactly(new Effect.WithdrawAll());
    Given ended = working.when(cancel).then(new RunEvent.Cancelled("wrong branch"));
    assertThat(ended.stateOf("a")).isEqualTo(new StepState.Cancelled());
    assertThat(ended.stateOf("b")).isEqualTo(new StepState.Cancelled());
    ended.when(cancel).thenRefused(new Refusal.RunEnded(Run.Status.CANCELLED));
  }

  @Test
  void the_time_limit_of_a_run_counts_from_its_start_and_fails_it() {
    Given created = Given.created(policy().within(Duration.ofHours(1)).build(), step("a"));
    assertThat(created.when(new RunCommand.Start()).effects())
        .containsExactly(
            new Effect.Enqueue(new Task.Prepare(""), Instant.MIN, 0),
            new Effect.Enqueue(
                new Task.Wake(new Timer.RunLimit()), NOW.plus(Duration.ofHours(1)), 0));
    created
        .and(new RunCommand.Start())
        .when(new RunCommand.Elapse(new Timer.RunLimit()))
        .then(new RunEvent.Failed("the run took longer than its time limit"));
  }

  @Test
  void completed_steps_are_delivered_in_part_if_policy_allows() {
    RunPolicy inPart = policy().tries(1, Exhausted.FAIL).deliveringInPart().build();
    Given.working(inPart, step("a"), step("b"))
        .and(executed("a", 1), passed("a", 1))
        .when(attemptFailed("b", 1))
        .thenTypes(
            RunEvent.AttemptFailed.class,
            RunEvent.StepFailed.class,
            RunEvent.DeliveryStarted.class);
  }

  @Test
  void a_part_that_changed_nothing_is_not_worth_a_delivery() {
    RunPolicy inPart = policy().tries(1, Exhausted.FAIL).deliveringInPart().build();
    Given.working(inPart, step("a").mayChangeNothing(), step("b"))
        .and(unchanged("a", 1))
        .when(attemptFailed("b", 1))
        .thenTypes(RunEvent.AttemptFailed.class, RunEvent.StepFailed.class, RunEvent.Failed.class);
  }

  @Test
  void nothing_is_delivered_in_part_otherwise() {
    Given.working(FAILING, step("a"), step("b"))
        .and(executed("a", 1), passed("a", 1))
        .when(attemptFailed("b", 1))
        .thenTypes(RunEvent.AttemptFailed.class, RunEvent.StepFailed.class, RunEvent.Failed.class);
  }
}
