package dev.capstan.core.run;

import static dev.capstan.core.run.RunExamples.NOW;
import static dev.capstan.core.run.RunExamples.attemptFailedForGood;
import static dev.capstan.core.run.RunExamples.commit;
import static dev.capstan.core.run.RunExamples.completed;
import static dev.capstan.core.run.RunExamples.executed;
import static dev.capstan.core.run.RunExamples.id;
import static dev.capstan.core.run.RunExamples.pass;
import static dev.capstan.core.run.RunExamples.passed;
import static dev.capstan.core.run.RunExamples.verified;
import static dev.capstan.core.run.StepDraft.step;
import static org.assertj.core.api.Assertions.assertThat;

import dev.capstan.core.evidence.Verdict;
import java.util.List;
import org.junit.jupiter.api.Test;

/** People tell the engine of a step something while it works. */
final class InstructionTest {
  private static RunCommand instruct(String step, String text) {
    return new RunCommand.Instruct(id(step), text);
  }

  private static Attempt attempt(int number, String from, String... told) {
    return new Attempt(
        number, 0, commit(from), List.of(), List.of(), List.of(told), new Beginning.Fresh());
  }

  @Test
  void an_engine_that_is_at_work_hears_it() {
    assertThat(Given.working(step("a")).when(instruct("a", "hurry")).effects())
        .containsExactly(
            new Effect.Amend(new Task.Execute(step("a").build(), attempt(1, "base", "hurry"))));
  }

  @Test
  void those_that_try_the_step_later_hear_everything() {
    Given.working(step("a"))
        .and(instruct("a", "hurry"), executed("a", 1), instruct("a", "but with care"))
        .when(verified("a", 1, Verdict.FAIL))
        .accepted()
        .when(instruct("a", "now"))
        .then(new RunEvent.Instructed(id("a"), "now"));
    Given failed =
        Given.working(step("a"))
            .and(instruct("a", "hurry"), executed("a", 1), instruct("a", "but with care"))
            .and(verified("a", 1, Verdict.FAIL));
    assertThat(failed.stateOf("a"))
        .isInstanceOfSatisfying(
            StepState.Executing.class,
            executing ->
                assertThat(executing.attempt())
                    .isEqualTo(attempt(2, "base", "hurry", "but with care")));
  }

  @Test
  void a_step_that_has_not_begun_begins_with_it() {
    Given.working(step("a"), step("b").after("a"))
        .and(instruct("b", "hurry"), executed("a", 1))
        .when(passed("a", 1))
        .then(
            new RunEvent.AttemptVerified(id("a"), pass("a-1")),
            completed("a", "a-1"),
            new RunEvent.StepStarted(id("b"), attempt(1, "a-1", "hurry"), NOW));
  }

  @Test
  void a_blocked_run_stays_blocked() {
    Given blocked = Given.working(step("a")).and(attemptFailedForGood("a", 1));
    Given told =
        blocked.when(instruct("a", "hurry")).then(new RunEvent.Instructed(id("a"), "hurry"));
    assertThat(told.status()).isEqualTo(Run.Status.BLOCKED);
  }

  @Test
  void the_same_words_twice_running_are_one_instruction() {
    Given.working(step("a")).and(instruct("a", "hurry")).when(instruct("a", "hurry")).thenNothing();
  }

  @Test
  void only_so_much_is_kept() {
    Given told = Given.working(step("a"));
    for (int i = 0; i < Tries.MOST_INSTRUCTIONS; i++) {
      told = told.and(instruct("a", "hint " + i));
    }
    told.when(instruct("a", "one more"))
        .thenRefused(new Refusal.ToldEnough(id("a"), Tries.MOST_INSTRUCTIONS));
  }

  @Test
  void a_step_that_is_done_is_told_nothing() {
    Given.working(step("a"), step("b"))
        .and(executed("a", 1), passed("a", 1))
        .when(instruct("a", "hurry"))
        .thenRefused(new Refusal.StepNotNow(id("a"), StepState.Status.COMPLETED, "instruct"))
        .when(instruct("z", "hurry"))
        .thenRefused(new Refusal.NoSuchStep(id("z")));
  }
}
