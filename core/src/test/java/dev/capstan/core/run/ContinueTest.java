package dev.capstan.core.run;

import static dev.capstan.core.run.PolicyDraft.policy;
import static dev.capstan.core.run.RunExamples.attemptFailed;
import static dev.capstan.core.run.RunExamples.commit;
import static dev.capstan.core.run.RunExamples.executed;
import static dev.capstan.core.run.RunExamples.id;
import static dev.capstan.core.run.RunExamples.passed;
import static dev.capstan.core.run.RunExamples.started;
import static dev.capstan.core.run.StepDraft.step;

import dev.capstan.core.run.RetryPolicy.Exhausted;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A step that was given up goes on from what its last attempt has left. */
final class ContinueTest {
  private static final RunPolicy ONCE = policy().tries(1, Exhausted.BLOCK).build();
  private static final Beginning LEFT = new Beginning.Left(commit("left"));

  private static RunCommand goOn(String step, int attempt, Beginning left) {
    return new RunCommand.ContinueStep(id(step), attempt, left);
  }

  private static RunEvent continued(String step) {
    return new RunEvent.StepContinued(id(step), 0, commit("left"));
  }

  private static RunEvent startedWithLeft(String step, int attempt, String from) {
    return new RunEvent.StepStarted(
        id(step),
        new Attempt(attempt, 0, commit(from), List.of(), List.of(), List.of(), LEFT),
        RunExamples.NOW);
  }

  private static Given blocked() {
    return Given.working(ONCE, step("a")).and(attemptFailed("a", 1));
  }

  @Test
  void the_next_attempt_starts_with_what_was_left_and_is_compared_with_the_same_commit() {
    blocked()
        .when(goOn("a", 1, LEFT))
        .then(new RunEvent.Unblocked(), continued("a"), startedWithLeft("a", 2, "base"));
  }

  @Test
  void it_is_compared_with_the_same_commit_though_the_branch_has_gone_on() {
    Given.working(ONCE, step("a"), step("b"))
        .and(attemptFailed("b", 1), executed("a", 1), passed("a", 1))
        .when(goOn("b", 1, LEFT))
        .then(new RunEvent.Unblocked(), continued("b"), startedWithLeft("b", 2, "base"))
        .and(executed("b", 2))
        .when(passed("b", 2))
        .thenTypes(RunEvent.AttemptVerified.class, RunEvent.IntegrationStarted.class);
  }

  @Test
  void the_attempt_after_it_starts_afresh() {
    blocked()
        .and(goOn("a", 1, LEFT), attemptFailed("a", 2))
        .when(new RunCommand.RetryStep(id("a")))
        .then(
            new RunEvent.Unblocked(), new RunEvent.StepReopened(id("a")), started("a", 3, "base"));
  }

  @Test
  void what_is_not_of_the_last_attempt_or_is_nothing_is_not_gone_on_with() {
    blocked()
        .when(goOn("a", 2, LEFT))
        .thenRefused(
            new Refusal.NothingToContinue(
                id("a"), "attempt 2 is not its last one, or did not fail"))
        .when(goOn("a", 1, new Beginning.Fresh()))
        .thenRefused(
            new Refusal.NothingToContinue(id("a"), "attempt 1 has left no change; retry it"));
  }

  @Test
  void a_step_that_was_not_given_up_is_not_continued() {
    Given.working(step("a"))
        .when(goOn("a", 1, LEFT))
        .thenRefused(new Refusal.StepNotNow(id("a"), StepState.Status.RUNNING, "continue"))
        .when(goOn("z", 1, LEFT))
        .thenRefused(new Refusal.NoSuchStep(id("z")));
  }
}
