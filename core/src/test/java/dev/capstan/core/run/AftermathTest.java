package dev.capstan.core.run;

import static dev.capstan.core.run.RunExamples.ci;
import static dev.capstan.core.run.RunExamples.commit;
import static dev.capstan.core.run.RunExamples.delivered;
import static dev.capstan.core.run.RunExamples.executed;
import static dev.capstan.core.run.RunExamples.passed;
import static dev.capstan.core.run.StepDraft.step;
import static org.assertj.core.api.Assertions.assertThat;

import dev.capstan.core.run.CiReport.Conclusion;
import org.junit.jupiter.api.Test;

/** What CI and forges say of a run that has delivered. */
final class AftermathTest {
  private static final String BRANCH = RunExamples.PULL_REQUEST.branch();

  private final Given delivered =
      Given.working(step("a")).and(executed("a", 1), passed("a", 1), delivered());

  private static RunCommand said(CiReport report) {
    return new RunCommand.RecordCi(report);
  }

  private static Aftermath after(Given given) {
    return ((Run.Ended) given.run()).after();
  }

  private static CiReport at(CiReport report, int seconds) {
    return new CiReport(
        report.commit(),
        report.name(),
        report.conclusion(),
        report.url(),
        report.summary(),
        report.at().plusSeconds(seconds));
  }

  @Test
  void ci_says_of_the_delivered_commit_that_it_failed_and_the_run_stays_completed() {
    CiReport failed = ci("a-1", Conclusion.FAILED);

    Given told = delivered.when(said(failed)).then(new RunEvent.CiReported(failed, true));

    assertThat(told.status()).isEqualTo(Run.Status.COMPLETED);
    assertThat(after(told).conclusion(commit("a-1"))).contains(Conclusion.FAILED);
    assertThat(after(delivered).conclusion(commit("a-1"))).isEmpty();
  }

  @Test
  void what_is_said_of_another_commit_is_recorded_and_changes_nothing() {
    CiReport other = ci("other", Conclusion.FAILED);

    Given told = delivered.when(said(other)).then(new RunEvent.CiReported(other, false));

    assertThat(after(told).conclusion(commit("a-1"))).isEmpty();
  }

  @Test
  void the_same_word_twice_is_recorded_once() {
    Given told = delivered.and(said(ci("a-1", Conclusion.FAILED)));
    told.when(said(ci("a-1", Conclusion.FAILED))).thenNothing();
  }

  @Test
  void a_check_that_ran_again_says_something_new_and_an_older_word_does_not() {
    CiReport failed = ci("a-1", Conclusion.FAILED);
    CiReport again = at(ci("a-1", Conclusion.PASSED), 60);

    Given told =
        delivered.and(said(failed)).when(said(again)).then(new RunEvent.CiReported(again, true));

    assertThat(after(told).conclusion(commit("a-1"))).contains(Conclusion.PASSED);
    told.when(said(at(failed, 30))).thenNothing();
  }

  @Test
  void one_check_that_failed_outweighs_those_that_passed() {
    CiReport lint = new CiReport(commit("a-1"), "lint", Conclusion.FAILED, "", "", RunExamples.NOW);

    Given told = delivered.and(said(lint), said(ci("a-1", Conclusion.PASSED)));

    assertThat(after(told).conclusion(commit("a-1"))).contains(Conclusion.FAILED);
  }

  @Test
  void no_more_checks_are_kept_than_there_is_room_for() {
    Given told = delivered;
    for (int i = 0; i < Aftermath.MOST; i++) {
      told =
          told.and(
              said(
                  new CiReport(
                      commit("a-1"), "check " + i, Conclusion.PASSED, "", "", RunExamples.NOW)));
    }
    told.when(said(ci("a-1", Conclusion.FAILED)))
        .thenRefused(
            Refusal.Stale.class,
            "the report is stale: CI has reported 200 checks of the run, and no more are kept");
    told.when(said(ci("other", Conclusion.FAILED))).thenTypes(RunEvent.CiReported.class);
  }

  @Test
  void a_merge_is_recorded_once() {
    RunCommand merge = new RunCommand.RecordMerge(BRANCH, commit("main"));

    Given merged = delivered.when(merge).then(new RunEvent.Merged(BRANCH, commit("main")));

    assertThat(after(merged).merged()).containsEntry(BRANCH, commit("main"));
    merged.when(new RunCommand.RecordMerge(BRANCH, commit("later"))).thenNothing();
    delivered
        .when(new RunCommand.RecordMerge("capstan/else", commit("main")))
        .thenRefused(
            Refusal.Stale.class,
            "the report is stale: the run has delivered no branch capstan/else");
  }

  @Test
  void a_run_that_has_delivered_nothing_hears_nothing() {
    Given working = Given.working(step("a"));
    working
        .when(said(ci("a-1", Conclusion.FAILED)))
        .thenRefused(new Refusal.NotNow(Run.Status.RUNNING, "record ci"));
    working
        .and(new RunCommand.Cancel("no"))
        .when(said(ci("a-1", Conclusion.FAILED)))
        .thenRefused(new Refusal.RunEnded(Run.Status.CANCELLED));
  }
}
