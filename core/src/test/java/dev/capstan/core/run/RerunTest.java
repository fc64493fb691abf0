package dev.capstan.core.run;

import static dev.capstan.core.run.PolicyDraft.policy;
import static dev.capstan.core.run.RunExamples.attemptFailed;
import static dev.capstan.core.run.RunExamples.commit;
import static dev.capstan.core.run.RunExamples.executed;
import static dev.capstan.core.run.RunExamples.id;
import static dev.capstan.core.run.RunExamples.ids;
import static dev.capstan.core.run.RunExamples.integrated;
import static dev.capstan.core.run.RunExamples.passed;
import static dev.capstan.core.run.RunExamples.started;
import static dev.capstan.core.run.RunExamples.verified;
import static dev.capstan.core.run.StepDraft.step;
import static org.assertj.core.api.Assertions.assertThat;

import dev.capstan.core.evidence.Verdict;
import org.junit.jupiter.api.Test;

/** A run goes back to before a step and on from there. */
final class RerunTest {
  private static final String WHY = "otherwise";

  private static RunCommand rerun(String step) {
    return new RunCommand.RerunFrom(id(step), WHY);
  }

  private static RunEvent rewound(String from, String tip, String... steps) {
    return new RunEvent.Rewound(id(from), ids(steps), commit(tip), WHY);
  }

  private static Given oneAfterTheOther() {
    return Given.working(step("a"), step("b").after("a"), step("c").after("b"))
        .and(executed("a", 1), passed("a", 1), executed("b", 1), passed("b", 1));
  }

  @Test
  void the_branch_and_the_steps_go_back_to_before_the_step() {
    Given again =
        oneAfterTheOther()
            .when(rerun("b"))
            .then(rewound("b", "a-1", "b", "c"), started("b", 2, "a-1"));
    assertThat(again.progress().tip()).isEqualTo(commit("a-1"));
    assertThat(again.stateOf("a")).isInstanceOf(StepState.Completed.class);
    assertThat(again.stateOf("c")).isInstanceOf(StepState.Pending.class);
  }

  @Test
  void what_was_under_way_is_taken_back_from_its_workers() {
    assertThat(oneAfterTheOther().when(rerun("a")).effects())
        .contains(
            new Effect.Withdraw("execute/c/"),
            new Effect.Withdraw("verify/a/"),
            new Effect.Withdraw("integrate"),
            new Effect.Withdraw("verify-tip"));
  }

  @Test
  void from_the_first_step_everything_is_done_again_on_the_base() {
    oneAfterTheOther()
        .when(rerun("a"))
        .then(rewound("a", "base", "a", "b", "c"), started("a", 2, "base"));
  }

  @Test
  void what_joined_the_branch_later_goes_with_the_step_though_it_did_not_wait_for_it() {
    Given.working(step("a"), step("b"), step("c").after("a", "b"))
        .and(executed("a", 1), passed("a", 1), executed("b", 1), passed("b", 1))
        .and(integrated("merged", "b"))
        .when(rerun("a"))
        .then(
            rewound("a", "base", "a", "b", "c"), started("a", 2, "base"), started("b", 2, "base"));
  }

  @Test
  void what_joined_before_stays() {
    Given.working(policy().parallel(1).build(), step("a"), step("b"))
        .and(executed("a", 1), passed("a", 1), executed("b", 1))
        .when(rerun("b"))
        .then(rewound("b", "a-1", "b"), started("b", 2, "a-1"));
  }

  @Test
  void a_step_that_waits_for_a_person_is_done_again_and_the_run_is_blocked_no_more() {
    Given.working(step("a"))
        .and(executed("a", 1), verified("a", 1, Verdict.DID_NOT_RUN))
        .when(rerun("a"))
        .then(new RunEvent.Unblocked(), rewound("a", "base", "a"), started("a", 2, "base"));
  }

  @Test
  void a_paused_run_goes_back_and_stays_paused() {
    Given back =
        oneAfterTheOther()
            .and(new RunCommand.Pause("lunch"))
            .when(rerun("b"))
            .then(rewound("b", "a-1", "b", "c"));
    assertThat(back.status()).isEqualTo(Run.Status.PAUSED);
    back.when(new RunCommand.Resume()).then(new RunEvent.Resumed(), started("b", 2, "a-1"));
  }

  @Test
  void a_step_that_is_at_work_or_has_not_begun_is_not_run_again() {
    oneAfterTheOther()
        .and(rerun("b"))
        .when(rerun("b"))
        .thenRefused(new Refusal.StepNotNow(id("b"), StepState.Status.RUNNING, "run again from"))
        .when(rerun("c"))
        .thenRefused(new Refusal.StepNotNow(id("c"), StepState.Status.PENDING, "run again from"))
        .when(rerun("z"))
        .thenRefused(new Refusal.NoSuchStep(id("z")));
  }

  @Test
  void a_step_that_waits_for_one_that_has_failed_is_not_run_again_before_that_one() {
    RunPolicy failing = policy().tries(1, RetryPolicy.Exhausted.FAIL).build();
    Given.working(failing, step("a"), step("b").after("a"), step("other"))
        .and(attemptFailed("a", 1))
        .when(rerun("b"))
        .thenRefused(new Refusal.StepNotNow(id("b"), StepState.Status.FAILED, "run again from"))
        .when(rerun("a"))
        .then(rewound("a", "base", "a", "b"), started("a", 2, "base"));
  }

  @Test
  void a_skipped_step_stays_skipped() {
    Given.working(step("a"), step("b").after("a"), step("c").after("b"))
        .and(new RunCommand.SkipStep(id("b"), "no"), executed("a", 1), passed("a", 1))
        .when(rerun("a"))
        .then(rewound("a", "base", "a", "c"), started("a", 2, "base"), started("c", 2, "base"));
  }
}
