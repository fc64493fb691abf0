package dev.capstan.verification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.capstan.core.CommitId;
import dev.capstan.core.ContentHash;
import dev.capstan.core.evidence.Check;
import dev.capstan.core.evidence.CheckName;
import dev.capstan.core.evidence.Evidence;
import dev.capstan.core.evidence.Expectations;
import dev.capstan.core.evidence.Gate;
import dev.capstan.core.evidence.Verdict;
import dev.capstan.core.evidence.Violation;
import dev.capstan.core.evidence.Violation.Category;
import dev.capstan.core.plan.Scope;
import dev.capstan.verification.EarlyJudge.Look;
import dev.capstan.verification.Judge.Judgement;
import dev.capstan.verification.Measurement.Build;
import dev.capstan.verification.Measurement.Coverage;
import dev.capstan.verification.Measurement.Status;
import dev.capstan.verification.Measurement.TestCase;
import dev.capstan.verification.Submission.Sources;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the nearest tests may say by themselves. A suite is written as "+a -b": passed, failed. */
final class EarlyJudgeTest {
  private static final Look LOOK = new Look(2, 40);

  private static Measurement suite(String cases) {
    List<TestCase> tests = Stream.of(cases.split(" ", -1)).map(EarlyJudgeTest::test).toList();
    return new Measurement(
        new Build.Built(0), tests, List.of(), new Coverage.NotMeasured("none"), Duration.ZERO);
  }

  private static TestCase test(String word) {
    Status status = word.startsWith("+") ? Status.PASSED : Status.FAILED;
    return new TestCase(word.substring(1), status, "message", Duration.ZERO);
  }

  private static Judgement judge(Measurement base, Measurement near, Measurement again) {
    Submission submission =
        new Submission(
            base,
            near,
            List.of(),
            Scope.EVERYTHING,
            Expectations.DEFAULT,
            Sources.NONE,
            Sources.NONE);
    return EarlyJudge.judge(submission, again, LOOK, Consulted.NOBODY);
  }

  @Test
  void a_case_that_passed_fails_and_passes_again_on_the_base_is_broken() {
    Measurement base = suite("+a +b +far");
    Measurement near = suite("+a -b");

    assertThat(EarlyJudge.suspects(base, near)).containsExactly("b");
    assertThat(EarlyJudge.broken(base, near, suite("+a +b"))).containsExactly("b");
  }

  @Test
  void a_case_that_fails_again_on_the_base_or_is_not_seen_there_is_not_broken() {
    Measurement base = suite("+a +b +far");
    Measurement near = suite("+a -b");

    assertThat(EarlyJudge.broken(base, near, suite("+a -b"))).isEmpty();
    assertThat(EarlyJudge.broken(base, near, suite("+a"))).isEmpty();
  }

  @Test
  void a_case_that_failed_before_is_flaky_or_was_not_measured_is_no_suspect() {
    Measurement flaky = suite("+a -b +far").and(suite("-a -b +far"));

    assertThat(EarlyJudge.suspects(flaky, suite("-a -b -new"))).isEmpty();
  }

  @Test
  void a_broken_build_or_report_has_no_suspects() {
    Measurement near = suite("-a");
    Measurement unread =
        new Measurement(
            near.build(), near.tests(), List.of("x.xml: cut"), near.coverage(), Duration.ZERO);
    Measurement broken =
        new Measurement(
            new Build.Broken("exit code 1", List.of()),
            near.tests(),
            List.of(),
            near.coverage(),
            Duration.ZERO);

    assertThat(EarlyJudge.suspects(suite("+a"), unread)).isEmpty();
    assertThat(EarlyJudge.suspects(suite("+a"), broken)).isEmpty();
  }

  @Test
  void the_judgement_names_what_failed_and_says_what_did_not_run() {
    Judgement judgement = judge(suite("+a +b +far"), suite("+a -b"), suite("+a +b"));

    assertThat(judgement.violations())
        .containsExactly(
            new Violation(Category.TEST_FAILED, "b", "passed before, fails now: message"));
    assertThat(judgement.checks())
        .filteredOn(check -> check.verdict() == Verdict.DID_NOT_RUN)
        .extracting(Check::name)
        .contains(CheckName.BUILD, CheckName.COVERAGE, CheckName.CHANGED_LINES, CheckName.ANALYSIS);
    assertThat(judgement.checks())
        .filteredOn(check -> check.name() == CheckName.TESTS)
        .singleElement()
        .satisfies(check -> {
          assertThat(check.verdict()).isEqualTo(Verdict.FAIL);
          assertThat(check.reason())
              .isEqualTo(
                  "2 tests: 1 passed, 1 failed after; 2 tests: 2 passed before; 1 passed before"
                      + " and fails now: b; only the 2 nearest of 40 test files were run, the"
                      + " others DID_NOT_RUN");
        });
  }

  @Test
  void no_judgement_of_the_nearest_tests_opens_a_gate() {
    Judgement judgement = judge(suite("+a +b"), suite("+a -b"), suite("+a +b"));
    Evidence evidence =
        new Evidence(
            new CommitId("a".repeat(40)),
            judgement.checks(),
            judgement.violations(),
            new ContentHash("b".repeat(64)));

    assertThat(Gate.judge(evidence, Expectations.DEFAULT)).isInstanceOf(Gate.Shut.class);
    assertThatThrownBy(() -> judge(suite("+a +b"), suite("+a +b"), suite("+a +b")))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
