package dev.capstan.core.run;

import static dev.capstan.core.run.PolicyDraft.policy;
import static dev.capstan.core.run.RunExamples.BASE;
import static dev.capstan.core.run.RunExamples.BASELINE;
import static dev.capstan.core.run.RunExamples.commit;
import static dev.capstan.core.run.RunExamples.completed;
import static dev.capstan.core.run.RunExamples.executed;
import static dev.capstan.core.run.RunExamples.id;
import static dev.capstan.core.run.RunExamples.pass;
import static dev.capstan.core.run.RunExamples.passed;
import static dev.capstan.core.run.RunExamples.started;
import static dev.capstan.core.run.RunExamples.verified;
import static dev.capstan.core.run.StepDraft.step;
import static org.assertj.core.api.Assertions.assertThat;

import dev.capstan.core.evidence.Verdict;
import org.junit.jupiter.api.Test;

/** What people want done now: the next step, a measurement, the delivery. */
final class NowTest {
  private static final RunCommand NEXT = new RunCommand.RunNext();
  private static final RunCommand DELIVER = new RunCommand.DeliverNow("enough");
  private static final RunCommand PAUSE = new RunCommand.Pause("one by one");

  @Test
  void a_paused_run_goes_on_for_one_step() {
    Given.working(step("a"), step("b").after("a"), step("c").after("b"))
        .and(PAUSE, executed("a", 1), passed("a", 1))
        .when(new RunCommand.Resume())
        .accepted();
    Given first =
        Given.working(policy().parallel(1).build(), step("a"), step("b"), step("c"))
            .and(new RunCommand.StopAfter(id("a"), true), executed("a", 1), passed("a", 1));
    assertThat(first.status()).isEqualTo(Run.Status.PAUSED);
    first
        .when(NEXT)
        .then(new RunEvent.Resumed(), new RunEvent.StopSet(id("b"), true), started("b", 1, "a-1"))
        .and(executed("b", 1))
        .when(passed("b", 1))
        .then(
            new RunEvent.AttemptVerified(id("b"), pass("b-1")),
            completed("b", "b-1"),
            new RunEvent.StopReached(id("b")));
  }

  @Test
  void there_is_no_next_step_in_a_run_that_goes_on_by_itself_or_has_none() {
    Given.working(step("a"))
        .when(NEXT)
        .thenRefused(new Refusal.NotNow(Run.Status.RUNNING, "run next"))
        .and(PAUSE)
        .when(NEXT)
        .thenRefused(new Refusal.NotNow(Run.Status.PAUSED, "run next"));
  }

  @Test
  void a_step_that_needs_a_person_is_measured_once_more() {
    Given asking =
        Given.working(step("a")).and(executed("a", 1), verified("a", 1, Verdict.DID_NOT_RUN));
    RunCommand verify = new RunCommand.VerifyStep(id("a"));
    assertThat(asking.when(verify).tasks())
        .containsExactly(
            new Task.Verify(
                step("a").build(),
                new Attempt(1, 0, commit("base")),
                commit("a-1"),
                BASE,
                BASELINE));
    asking
        .when(verify)
        .then(new RunEvent.Unblocked(), new RunEvent.VerificationRepeated(id("a")))
        .when(verify)
        .thenRefused(new Refusal.StepNotNow(id("a"), StepState.Status.RUNNING, "verify"))
        .when(passed("a", 1))
        .thenTypes(
            RunEvent.AttemptVerified.class,
            RunEvent.StepCompleted.class,
            RunEvent.DeliveryStarted.class);
  }

  @Test
  void what_is_verified_is_delivered_and_the_rest_given_up() {
    Given.working(step("a"), step("b").after("a"), step("c").after("b"))
        .and(executed("a", 1), passed("a", 1))
        .when(DELIVER)
        .then(
            new RunEvent.StepSkipped(id("b"), "enough"),
            new RunEvent.StepSkipped(id("c"), "enough"),
            new RunEvent.DeliveryStarted())
        .when(DELIVER)
        .thenRefused(new Refusal.NotNow(Run.Status.RUNNING, "deliver now"));
  }

  @Test
  void a_paused_run_is_delivered_too_and_stops_nowhere() {
    Given.working(policy().parallel(1).build(), step("a"), step("b"))
        .and(new RunCommand.StopAfter(id("b"), true), executed("a", 1), passed("a", 1), PAUSE)
        .when(DELIVER)
        .then(
            new RunEvent.StopSet(id("b"), false),
            new RunEvent.StepSkipped(id("b"), "enough"),
            new RunEvent.Resumed(),
            new RunEvent.DeliveryStarted());
  }

  @Test
  void nothing_is_delivered_before_something_is_verified() {
    Given.working(step("a")).when(DELIVER).thenRefused(new Refusal.NothingVerified());
  }
}
