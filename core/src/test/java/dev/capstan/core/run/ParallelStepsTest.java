package dev.capstan.core.run;

import static dev.capstan.core.run.PolicyDraft.policy;
import static dev.capstan.core.run.RunExamples.BASE;
import static dev.capstan.core.run.RunExamples.BASELINE;
import static dev.capstan.core.run.RunExamples.commit;
import static dev.capstan.core.run.RunExamples.completed;
import static dev.capstan.core.run.RunExamples.executed;
import static dev.capstan.core.run.RunExamples.fail;
import static dev.capstan.core.run.RunExamples.id;
import static dev.capstan.core.run.RunExamples.ids;
import static dev.capstan.core.run.RunExamples.integrated;
import static dev.capstan.core.run.RunExamples.pass;
import static dev.capstan.core.run.RunExamples.passed;
import static dev.capstan.core.run.RunExamples.started;
import static dev.capstan.core.run.RunExamples.taskFailed;
import static dev.capstan.core.run.RunExamples.tipVerified;
import static dev.capstan.core.run.StepDraft.step;
import static org.assertj.core.api.Assertions.assertThat;

import dev.capstan.core.evidence.Response;
import dev.capstan.core.evidence.Violation;
import dev.capstan.core.evidence.Violation.Category;
import dev.capstan.core.plan.Plan;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Two steps side by side, and how their changes meet on the run's branch. */
final class ParallelStepsTest {
  /** Two steps started on the base; {@code a} made the branch's tip, {@code b} joins it. */
  private static Given integrating() {
    return Given.working(step("a"), step("b"))
        .and(executed("a", 1), executed("b", 1), passed("a", 1), passed("b", 1));
  }

  @Test
  void steps_with_separate_scopes_start_together() {
    Given given = Given.working(step("a"), step("b"), step("c"));
    assertThat(given.stateOf("a")).isInstanceOf(StepState.Executing.class);
    assertThat(given.stateOf("b")).isInstanceOf(StepState.Executing.class);
    assertThat(given.stateOf("c")).isInstanceOf(StepState.Pending.class);
  }

  @Test
  void steps_whose_scopes_may_overlap_wait_for_one_another() {
    Given given = Given.working(step("a").changing("src/**"), step("b").changing("src/main/*"));
    assertThat(given.stateOf("b")).isInstanceOf(StepState.Pending.class);
    given
        .and(executed("a", 1))
        .when(passed("a", 1))
        .then(
            new RunEvent.AttemptVerified(id("a"), pass("a-1")),
            completed("a", "a-1"),
            started("b", 1, "a-1"));
  }

  @Test
  void the_second_change_is_integrated_and_the_branch_verified_as_a_whole() {
    Given.working(step("a"), step("b"))
        .and(executed("a", 1), executed("b", 1))
        .when(passed("a", 1))
        .then(new RunEvent.AttemptVerified(id("a"), pass("a-1")), completed("a", "a-1"))
        .when(passed("b", 1))
        .then(
            new RunEvent.AttemptVerified(id("b"), pass("b-1")),
            new RunEvent.IntegrationStarted(ids("b")))
        .when(integrated("merged", "b"))
        .then(
            new RunEvent.Integrated(commit("merged"), ids("b")),
            new RunEvent.TipVerificationStarted())
        .when(tipVerified(pass("merged")))
        .then(new RunEvent.TipVerified(pass("merged")), new RunEvent.DeliveryStarted());
  }

  @Test
  void the_tasks_of_the_branch_name_commits() {
    Given before =
        Given.working(step("a"), step("b")).and(executed("a", 1), executed("b", 1), passed("a", 1));
    assertThat(before.when(passed("b", 1)).tasks())
        .containsExactly(
            new Task.Integrate(
                commit("a-1"), List.of(new Task.Integrate.Contribution(id("b"), commit("b-1")))));
    assertThat(integrating().when(integrated("merged", "b")).tasks())
        .containsExactly(
            new Task.VerifyTip(
                commit("merged"),
                BASE,
                BASELINE,
                new Plan(List.of(step("a").build(), step("b").build())).together()));
  }

  @Test
  void a_change_that_conflicts_is_made_again_on_the_new_tip() {
    integrating()
        .when(
            new RunCommand.ReportIntegrated(
                commit("a-1"), List.of(), Map.of(id("b"), clashes("b/File.java", "pom.xml"))))
        .then(
            new RunEvent.Integrated(commit("a-1"), List.of()),
            new RunEvent.AttemptFailed(
                id("b"), 1, conflict("b/File.java", "pom.xml"), 0, new Response.Retry()),
            new RunEvent.StepStarted(
                id("b"),
                new Attempt(2, 0, commit("a-1")),
                RunExamples.NOW.plus(PolicyDraft.delayOf("b", 1))))
        .and(executed("b", 2))
        .when(passed("b", 2))
        .thenTypes(
            RunEvent.AttemptVerified.class,
            RunEvent.StepCompleted.class,
            RunEvent.DeliveryStarted.class);
  }

  @Test
  void a_conflict_says_what_either_side_has_made_of_the_path() {
    String sides = "the branch has \"one\", the step \"two\"";

    integrating()
        .when(
            new RunCommand.ReportIntegrated(
                commit("a-1"),
                List.of(),
                Map.of(id("b"), List.of(new RunCommand.Clash("pom.xml", sides)))))
        .then(
            new RunEvent.Integrated(commit("a-1"), List.of()),
            new RunEvent.AttemptFailed(
                id("b"),
                1,
                new Failure(
                    Failure.Kind.RECOVERABLE,
                    "its change conflicts with the run's branch on pom.xml (" + sides + ")",
                    List.of(
                        new Violation(
                            Category.CONFLICT, "pom.xml", "both have changed it: " + sides))),
                0,
                new Response.Retry()),
            new RunEvent.StepStarted(
                id("b"),
                new Attempt(2, 0, commit("a-1")),
                RunExamples.NOW.plus(PolicyDraft.delayOf("b", 1))));
  }

  private static List<RunCommand.Clash> clashes(String... paths) {
    return Stream.of(paths).map(path -> new RunCommand.Clash(path, "")).toList();
  }

  private static Failure conflict(String... paths) {
    return new Failure(
        Failure.Kind.RECOVERABLE,
        "its change conflicts with the run's branch on " + String.join(", ", paths),
        Stream.of(paths)
            .map(path -> new Violation(Category.CONFLICT, path, "both have changed it"))
            .toList());
  }

  @Test
  void a_conflict_uses_up_no_try_but_a_second_one_in_a_row_does() {
    RunCommand conflict =
        new RunCommand.ReportIntegrated(
            commit("c-1"), List.of(), Map.of(id("b"), clashes("pom.xml")));
    Given again =
        Given.working(
                policy().tries(1, RetryPolicy.Exhausted.BLOCK).parallel(3).build(),
                step("a"),
                step("b"),
                step("c"))
            .and(executed("a", 1), executed("b", 1), executed("c", 1))
            .and(passed("a", 1), passed("b", 1))
            .when(conflict)
            .thenTypes(
                RunEvent.Integrated.class,
                RunEvent.AttemptFailed.class,
                RunEvent.StepStarted.class);
    assertThat(again.stateOf("b")).isInstanceOf(StepState.Executing.class);

    Given twice = again.and(executed("b", 2), passed("c", 1)).and(integrated("m1", "c"));
    assertThat(twice.and(passed("b", 2)).and(conflict).stateOf("b"))
        .isInstanceOf(StepState.Blocked.class);
  }

  @Test
  void two_conflicts_of_which_the_first_reaches_the_error_threshold_fail_the_run_once() {
    Given.working(
            policy().parallel(4).atMostFailedAttempts(1).build(),
            step("a"),
            step("b"),
            step("c"),
            step("d"))
        .and(executed("a", 1), executed("b", 1), executed("c", 1), executed("d", 1))
        .and(passed("a", 1), passed("b", 1), passed("c", 1), passed("d", 1))
        .and(integrated("m1", "b"))
        .when(
            new RunCommand.ReportIntegrated(
                commit("m1"),
                List.of(),
                Map.of(id("c"), clashes("pom.xml"), id("d"), clashes("pom.xml"))))
        .thenTypes(RunEvent.Integrated.class, RunEvent.AttemptFailed.class, RunEvent.Failed.class);
  }

  @Test
  void a_report_about_other_steps_than_those_being_integrated_is_stale() {
    integrating()
        .when(integrated("merged", "a", "b"))
        .thenRefused(
            Refusal.Stale.class,
            "the report is stale: it is about a, b, but b is being integrated");
  }

  @Test
  void a_report_of_an_integration_that_is_over_is_stale() {
    integrating()
        .and(integrated("merged", "b"))
        .when(integrated("merged", "b"))
        .thenRefused(new Refusal.Stale("no integration is under way"));
  }

  @Test
  void an_integration_that_fails_is_tried_again_and_then_needs_a_person() {
    Given blocked =
        integrating()
            .when(taskFailed())
            .thenTypes(RunEvent.TaskFailed.class)
            .when(taskFailed())
            .then(new RunEvent.Blocked("the disk is full"));
    assertThat(blocked.when(new RunCommand.Retry()).tasks())
        .singleElement()
        .isInstanceOf(Task.Integrate.class);
    blocked
        .when(new RunCommand.Retry())
        .then(new RunEvent.Unblocked(), new RunEvent.IntegrationStarted(ids("b")));
  }

  @Test
  void changes_that_pass_one_by_one_but_not_together_need_a_person() {
    Given held =
        integrating()
            .and(integrated("merged", "b"))
            .when(tipVerified(fail("merged")))
            .then(new RunEvent.TipHeld(fail("merged"), HELD, false), new RunEvent.Blocked(HELD));
    held.when(new RunCommand.ApproveTip("looks fine"))
        .thenRefused(new Refusal.NotNow(Run.Status.BLOCKED, "approve tip"));
    held.when(new RunCommand.Retry())
        .then(new RunEvent.Unblocked(), new RunEvent.TipVerificationStarted());
  }

  private static final String HELD =
      "the steps pass one by one but not together: TESTS: 12 before, 12 after";

  @Test
  void evidence_about_another_commit_than_the_tip_is_stale() {
    integrating()
        .and(integrated("merged", "b"))
        .when(tipVerified(pass("a-1")))
        .thenRefused(
            new Refusal.Stale("the tip " + commit("a-1").abbreviated() + " is not being verified"));
  }

  @Test
  void verified_steps_wait_for_the_branch_and_then_go_together() {
    Given.working(policy().parallel(4).build(), step("a"), step("b"), step("c"), step("d"))
        .and(executed("a", 1), executed("b", 1), executed("c", 1), executed("d", 1))
        .and(passed("a", 1), passed("b", 1))
        .when(passed("c", 1))
        .then(new RunEvent.AttemptVerified(id("c"), pass("c-1")))
        .when(passed("d", 1))
        .then(new RunEvent.AttemptVerified(id("d"), pass("d-1")))
        .when(integrated("m1", "b"))
        .then(
            new RunEvent.Integrated(commit("m1"), ids("b")),
            new RunEvent.IntegrationStarted(ids("c", "d")));
  }
}
