package dev.capstan.postgres.records;

import static dev.capstan.postgres.testing.TestRuns.brief;
import static dev.capstan.postgres.testing.TestRuns.steps;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.capstan.control.records.Experience.Ended;
import dev.capstan.core.CommitId;
import dev.capstan.core.ContentHash;
import dev.capstan.core.ProjectId;
import dev.capstan.core.StepId;
import dev.capstan.core.evidence.Check;
import dev.capstan.core.evidence.CheckName;
import dev.capstan.core.evidence.Confidence;
import dev.capstan.core.evidence.Evidence;
import dev.capstan.core.evidence.Verdict;
import dev.capstan.core.run.Change;
import dev.capstan.core.run.Failure;
import dev.capstan.core.run.RunCommand;
import dev.capstan.postgres.testing.Statements;
import dev.capstan.postgres.testing.TestDatabase;
import dev.capstan.postgres.testing.TestRuns;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** How steps ended, told from the log. */
final class ExperienceTest {
  @RegisterExtension static final TestDatabase database = TestDatabase.migrated();

  private final TestRuns runs = new TestRuns(database);
  private final PostgresExperience experience = new PostgresExperience(database.transactions());

  @BeforeEach
  void empty_the_database() {
    Statements.execute(database.transactions(), "truncate project cascade");
    runs.project("shop", 1);
  }

  @AfterEach
  void end() {
    runs.close();
  }

  @Test
  void steps_that_were_completed_joined_or_blocked_have_ended_and_others_have_not() {
    runs.work(brief("one", "shop", steps("done", "joined", "blocked", "under-way")));
    change("done");
    change("joined");
    runs.accept(
        "one",
        new RunCommand.ReportIntegrated(commit("f"), List.of(new StepId("joined")), Map.of()));
    runs.accept(
        "one",
        new RunCommand.ReportAttemptFailed(new StepId("blocked"), 1, Failure.terminal("no")));

    assertThat(experience.latest())
        .extracting(ended -> ended.step().id().value(), Ended::completed)
        .containsExactlyInAnyOrder(
            tuple("done", true), tuple("joined", true), tuple("blocked", false));
    assertThat(experience.latest())
        .allSatisfy(ended -> {
          assertThat(ended.project()).isEqualTo(new ProjectId("shop"));
          assertThat(ended.took()).isPositive();
        });
  }

  @Test
  void without_runs_there_is_none() {
    assertThat(experience.latest()).isEmpty();
  }

  private void change(String step) {
    CommitId commit = commit(step.substring(0, 1).equals("d") ? "d" : "e");
    runs.accept(
        "one", new RunCommand.ReportExecuted(new StepId(step), 1, commit, new Change(1, 1, 1)));
    List<Check> checks =
        Stream.of(CheckName.values())
            .map(check -> new Check(check, Verdict.PASS, "measured"))
            .toList();
    Evidence evidence =
        new Evidence(commit, checks, List.of(), new ContentHash("ab".repeat(32)))
            .scored(
                new Confidence.Scored(
                    100, 100, List.of(), new Confidence.Calibration.Uncalibrated(0, 50)));
    runs.accept("one", new RunCommand.ReportVerified(new StepId(step), 1, evidence));
  }

  private static CommitId commit(String digit) {
    return new CommitId(digit.repeat(40));
  }
}
