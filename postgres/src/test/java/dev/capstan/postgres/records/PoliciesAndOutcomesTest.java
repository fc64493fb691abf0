package dev.capstan.postgres.records;

import static dev.capstan.postgres.testing.TestRuns.brief;
import static dev.capstan.postgres.testing.TestRuns.steps;
import static org.assertj.core.api.Assertions.assertThat;

import dev.capstan.core.CommitId;
import dev.capstan.core.ContentHash;
import dev.capstan.core.ProjectId;
import dev.capstan.core.StepId;
import dev.capstan.core.evidence.Check;
import dev.capstan.core.evidence.CheckName;
import dev.capstan.core.evidence.Confidence;
import dev.capstan.core.evidence.Evidence;
import dev.capstan.core.evidence.Outcome;
import dev.capstan.core.evidence.Verdict;
import dev.capstan.core.run.Change;
import dev.capstan.core.run.RunCommand;
import dev.capstan.postgres.testing.Statements;
import dev.capstan.postgres.testing.TestDatabase;
import dev.capstan.postgres.testing.TestRuns;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Which pack was chosen, and what people said of changes. */
final class PoliciesAndOutcomesTest {
  @RegisterExtension static final TestDatabase database = TestDatabase.migrated();

  private static final ProjectId SHOP = new ProjectId("shop");
  private static final CommitId COMMIT = new CommitId("a1".repeat(20));

  private final TestRuns runs = new TestRuns(database);
  private final PostgresOutcomes outcomes = new PostgresOutcomes(database.transactions());
  private final PostgresPolicies policies = new PostgresPolicies(database.transactions());

  @BeforeEach
  void empty_the_database() {
    Statements.execute(database.transactions(), "truncate project cascade");
    Statements.execute(database.transactions(), "truncate policy_choice");
    runs.project("shop", 1);
  }

  @AfterEach
  void end() {
    runs.close();
  }

  @Test
  void a_project_without_a_pack_has_the_usual_one_if_there_is_one() {
    assertThat(policies.of(SHOP)).isEmpty();
    assertThat(policies.usual()).isEmpty();

    policies.chooseUsual("strict");
    policies.choose(SHOP, "relaxed");
    policies.choose(SHOP, "team");

    assertThat(policies.of(SHOP)).contains("team");
    assertThat(policies.usual()).contains("strict");
  }

  @Test
  void what_people_said_is_told_with_the_score_it_had() {
    asked("one", "a", "an odd text: \0");
    runs.accept("one", new RunCommand.ApproveStep(new StepId("a"), "good"));
    asked("two", "a", "measured");
    runs.accept("two", new RunCommand.RejectStep(new StepId("a"), "bad"));

    assertThat(outcomes.of(SHOP))
        .hasSize(2)
        .extracting(Outcome::accepted)
        .containsExactly(true, false);
    assertThat(outcomes.of(SHOP)).extracting(Outcome::raw).containsOnly(65);
    assertThat(outcomes.of(new ProjectId("other"))).isEmpty();
  }

  @Test
  void what_nobody_was_asked_about_is_no_outcome() {
    runs.work(brief("one", "shop", steps("a")));
    runs.accept("one", executed("a"));
    runs.accept("one", verified("a", Verdict.FAIL, "measured"));

    assertThat(outcomes.of(SHOP)).isEmpty();
  }

  private void asked(String run, String step, String reason) {
    runs.work(brief(run, "shop", steps(step)));
    runs.accept(run, executed(step));
    runs.accept(run, verified(step, Verdict.NOT_COMPARABLE, reason));
  }

  private static RunCommand executed(String step) {
    return new RunCommand.ReportExecuted(new StepId(step), 1, COMMIT, new Change(1, 1, 1));
  }

  private static RunCommand verified(String step, Verdict tests, String reason) {
    Evidence evidence =
        new Evidence(
                COMMIT,
                List.of(
                    new Check(CheckName.BUILD, Verdict.PASS, reason),
                    new Check(CheckName.TESTS, tests, reason),
                    new Check(CheckName.SCOPE, Verdict.PASS, reason)),
                List.of(),
                new ContentHash("ab".repeat(32)))
            .scored(
                new Confidence.Scored(
                    65, 65, List.of(), new Confidence.Calibration.Uncalibrated(0, 50)));
    return new RunCommand.ReportVerified(new StepId(step), 1, evidence);
  }
}
