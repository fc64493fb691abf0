package dev.capstan.core.run;

import static dev.capstan.core.run.PolicyDraft.policy;
import static dev.capstan.core.run.RunExamples.attemptFailed;
import static dev.capstan.core.run.RunExamples.commit;
import static dev.capstan.core.run.RunExamples.delivered;
import static dev.capstan.core.run.RunExamples.executed;
import static dev.capstan.core.run.RunExamples.id;
import static dev.capstan.core.run.RunExamples.measured;
import static dev.capstan.core.run.RunExamples.pass;
import static dev.capstan.core.run.RunExamples.passed;
import static dev.capstan.core.run.RunExamples.prepared;
import static dev.capstan.core.run.RunExamples.tipVerified;
import static dev.capstan.core.run.RunExamples.unchanged;
import static dev.capstan.core.run.StepDraft.step;

import org.junit.jupiter.api.Test;

/** A report about something that is no longer under way changes nothing. */
final class StaleReportsTest {
  private static Refusal stale(String step, int attempt) {
    return new Refusal.Stale("attempt " + attempt + " of step " + step + " is not under way");
  }

  @Test
  void a_report_of_an_earlier_attempt_is_stale() {
    Given second = Given.working(step("a")).and(attemptFailed("a", 1));
    second.when(executed("a", 1)).thenRefused(stale("a", 1));
    second.when(unchanged("a", 1)).thenRefused(stale("a", 1));
    second.when(attemptFailed("a", 1)).thenRefused(stale("a", 1));
    second.and(executed("a", 2)).when(passed("a", 1)).thenRefused(stale("a", 1));
  }

  @Test
  void a_report_that_comes_twice_is_stale_the_second_time() {
    Given given = Given.working(step("a"), step("b"));
    given.and(executed("a", 1)).when(executed("a", 1)).thenRefused(stale("a", 1));
    given.and(executed("a", 1), passed("a", 1)).when(passed("a", 1)).thenRefused(stale("a", 1));
  }

  @Test
  void evidence_about_another_commit_is_stale() {
    Given.working(step("a"))
        .and(executed("a", 1))
        .when(new RunCommand.ReportVerified(id("a"), 1, pass("other")))
        .thenRefused(
            new Refusal.Stale(
                "the evidence is about " + commit("other") + ", not about " + commit("a-1")));
  }

  @Test
  void a_report_of_a_skipped_step_is_stale() {
    Given.working(step("a"), step("b"))
        .and(new RunCommand.SkipStep(id("a"), "no"))
        .when(executed("a", 1))
        .thenRefused(stale("a", 1));
  }

  @Test
  void a_report_of_an_unknown_step_is_refused() {
    Given given = Given.working(step("a"));
    given.when(executed("z", 1)).thenRefused(stale("z", 1));
    given.when(passed("z", 1)).thenRefused(stale("z", 1));
    given.when(attemptFailed("z", 1)).thenRefused(new Refusal.NoSuchStep(id("z")));
  }

  @Test
  void stages_that_are_over_hear_no_reports() {
    Given measuring = Given.measuring(policy().build(), step("a"));
    measuring
        .when(prepared())
        .thenRefused(new Refusal.NotNow(Run.Status.PLANNING, "report prepared"));
    Given working = measuring.and(measured());
    working.when(measured()).thenRefused(new Refusal.NotNow(Run.Status.RUNNING, "report baseline"));
    working
        .when(delivered())
        .thenRefused(new Refusal.NotNow(Run.Status.RUNNING, "report delivered"));
    working
        .when(RunExamples.taskFailed())
        .thenRefused(new Refusal.Stale("no such task is under way"));
    working
        .when(tipVerified(pass("base")))
        .thenRefused(
            new Refusal.Stale(
                "the tip " + commit("base").abbreviated() + " is not being verified"));
  }

  @Test
  void an_ended_run_hears_nothing() {
    Given.working(step("a"))
        .and(new RunCommand.Cancel("no"))
        .when(executed("a", 1))
        .thenRefused(Refusal.RunEnded.class, "the run is over: it is cancelled");
  }
}
