package dev.capstan.verification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.capstan.core.evidence.Check;
import dev.capstan.core.evidence.CheckName;
import dev.capstan.core.evidence.Expectations;
import dev.capstan.core.evidence.Rules;
import dev.capstan.core.evidence.Verdict;
import dev.capstan.core.evidence.Violation;
import dev.capstan.core.evidence.Violation.Category;
import dev.capstan.core.plan.Scope;
import dev.capstan.verification.Judge.Judgement;
import dev.capstan.verification.Measurement.Build;
import dev.capstan.verification.Measurement.Coverage;
import dev.capstan.verification.Measurement.FileCoverage;
import dev.capstan.verification.Measurement.Status;
import dev.capstan.verification.Measurement.TestCase;
import dev.capstan.verification.Submission.Changed;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Each rule of the judge by example. A suite is written as "+a -b !c ~d": passed to skipped. */
final class JudgeTest {
  private static final Build GREEN = new Build.Built(0);
  private static final Build RED = new Build.Built(1);
  private static final Build BROKEN = new Build.Broken("exit code 1", List.of("a.c:3: no; b"));
  private static final Set<CheckName> MEASURED =
      Set.of(CheckName.BUILD, CheckName.TESTS, CheckName.COVERAGE);
  private static final Build STOPPED = new Build.TimedOut(Duration.ofSeconds(90));

  @Test
  void a_case_that_passed_and_fails_is_a_violation() {
    Judgement judgement = judge(suite(GREEN, "+a +b"), suite(RED, "+a -b"));
    assertThat(tests(judgement).verdict()).isEqualTo(Verdict.FAIL);
    assertThat(tests(judgement).reason())
        .isEqualTo(
            "2 tests: 1 passed, 1 failed after; 2 tests: 2 passed before;"
                + " 1 passed before and fails now: b");
    assertThat(judgement.violations())
        .containsExactly(
            new Violation(Category.TEST_FAILED, "b", "passed before, fails now: message of b"));
  }

  @Test
  void missing_and_skipped_cases_have_their_own_categories() {
    assertThat(judge(suite(GREEN, "+a +b +c"), suite(GREEN, "+a ~b")).violations())
        .extracting(Violation::category, Violation::subject)
        .containsExactly(tuple(Category.TEST_REMOVED, "c"), tuple(Category.TEST_SKIPPED, "b"));
  }

  @Test
  void a_new_case_that_fails_is_a_failure() {
    assertThat(verdict(suite(GREEN, "+a"), suite(RED, "+a -n"))).isEqualTo(Verdict.FAIL);
  }

  @Test
  void what_failed_before_is_said_and_no_violation() {
    Judgement judgement = judge(suite(RED, "+a -b !c"), suite(RED, "+a !b"));
    assertThat(tests(judgement).verdict()).isEqualTo(Verdict.PASS);
    assertThat(tests(judgement).reason())
        .contains("1 fails, and failed before too: b")
        .contains("1 failed before and was not run now: c");
    assertThat(judgement.violations()).isEmpty();
  }

  @Test
  void failed_before_is_believed_when_seen_again_in_the_same_sandbox() {
    Measurement base = suite(GREEN, "+a +b");
    Measurement after = suite(RED, "+a -b");
    assertThat(Judge.suspects(base, after)).containsExactly("b");
    Check check = tests(judge(base, after, Optional.of(suite(RED, "+a !b"))));
    assertThat(check.verdict()).isEqualTo(Verdict.PASS);
    assertThat(check.reason()).contains("failed before too, seen again in the same sandbox: b");
    assertThat(tests(judge(base, after, Optional.of(base))).verdict()).isEqualTo(Verdict.FAIL);
  }

  @Test
  void a_flaky_case_is_named_and_counts_neither_way() {
    Measurement base = suite(GREEN, "+a +b").and(suite(RED, "+a -b"));
    assertThat(Judge.suspects(base, suite(RED, "+a -b"))).isEmpty();
    for (Measurement after : List.of(suite(GREEN, "+a +b"), suite(RED, "+a -b"))) {
      Judgement judgement = judge(base, after, Optional.of(suite(RED, "+a -b")));
      assertThat(tests(judgement).verdict()).isEqualTo(Verdict.PASS);
      assertThat(tests(judgement).reason()).contains("1 is flaky and counts neither way: b");
      assertThat(judgement.violations())
          .extracting(Violation::category, Violation::subject)
          .containsExactly(tuple(Category.FLAKY_TEST, "b"));
    }
  }

  @Test
  void a_flaky_case_that_passes_by_luck_is_no_evidence() {
    Measurement base = suite(RED, "-b").and(suite(GREEN, "+b"));
    assertThat(verdict(base, suite(GREEN, "+b"))).isEqualTo(Verdict.DID_NOT_RUN);
    Measurement two = suite(RED, "+a -b").and(suite(GREEN, "+a +b"));
    assertThat(verdict(two, suite(GREEN, "+a +b"), 2)).isEqualTo(Verdict.DID_NOT_RUN);
  }

  @Test
  void a_case_that_the_change_makes_flaky_fails() {
    for (Measurement base : List.of(suite(GREEN, "+a +b"), suite(GREEN, "+a"))) {
      Judgement judgement = judge(base, suite(GREEN, "+a +b").and(suite(RED, "+a -b")));
      assertThat(tests(judgement).verdict()).isEqualTo(Verdict.FAIL);
      assertThat(judgement.violations())
          .containsExactly(
              new Violation(Category.FLAKY_TEST, "b", "passed and failed with the change"));
    }
  }

  @Test
  void a_flaky_case_may_still_not_be_removed_or_skipped() {
    Measurement base = suite(GREEN, "+a +b").and(suite(RED, "+a -b"));
    assertThat(verdict(base, suite(GREEN, "+a"))).isEqualTo(Verdict.FAIL);
    assertThat(verdict(base, suite(GREEN, "+a ~b"))).isEqualTo(Verdict.FAIL);
  }

  @Test
  void a_missing_case_is_excused_only_by_a_base_that_ran_whole() {
    Measurement base = suite(GREEN, "+a +b");
    Measurement after = suite(GREEN, "+a");
    Check check = tests(judge(base, after, Optional.of(after)));
    assertThat(check.verdict()).isEqualTo(Verdict.PASS);
    assertThat(check.reason())
        .contains("1 passed at first and was not run now, nor on the commit before")
        .doesNotContain("failed");
    for (Measurement useless : List.of(suite(BROKEN, ""), suite(STOPPED, "+a"), suite(GREEN, ""))) {
      assertThat(tests(judge(base, after, Optional.of(useless))).verdict()).isEqualTo(Verdict.FAIL);
    }
  }

  @Test
  void a_case_that_is_reported_twice_with_another_end_is_a_forged_report() {
    Measurement after = named("a", Status.PASSED, "b", Status.PASSED, "b #2", Status.FAILED);

    assertThat(judge(suite(GREEN, "+a +b"), after).violations())
        .extracting(Violation::category, Violation::subject)
        .contains(tuple(Category.REPORT_FORGED, "b"), tuple(Category.TEST_FAILED, "b #2"));
    assertThat(judge(after, after).violations()).isEmpty();
  }

  private static Measurement named(Object... namesAndStatus) {
    List<TestCase> tests = new ArrayList<>();
    for (int i = 0; i < namesAndStatus.length; i += 2) {
      tests.add(
          new TestCase(
              (String) namesAndStatus[i], (Status) namesAndStatus[i + 1], "", Duration.ZERO));
    }
    return new Measurement(
        RED, tests, List.of(), new Coverage.NotMeasured("no report"), Duration.ZERO);
  }

  @Test
  void nothing_executed_did_not_run_even_if_no_test_is_expected() {
    for (String nothing : List.of("", "~a")) {
      assertThat(verdict(suite(GREEN, nothing), suite(GREEN, nothing), 0))
          .isEqualTo(Verdict.DID_NOT_RUN);
    }
  }

  @Test
  void fewer_than_the_minimum_did_not_run() {
    Measurement suite = suite(GREEN, "+a +b");
    assertThat(verdict(suite, suite, 3)).isEqualTo(Verdict.DID_NOT_RUN);
    assertThat(verdict(suite, suite, 2)).isEqualTo(Verdict.PASS);
  }

  @Test
  void a_base_without_tests_is_not_comparable() {
    for (Measurement base :
        List.of(suite(GREEN, ""), suite(BROKEN, ""), suite(STOPPED, "+a"), unreadable("+a"))) {
      assertThat(verdict(base, suite(GREEN, "+a"))).isEqualTo(Verdict.NOT_COMPARABLE);
    }
  }

  @Test
  void an_unreadable_report_did_not_run_whatever_the_others_say() {
    assertThat(verdict(suite(GREEN, "+a"), unreadable("+a"))).isEqualTo(Verdict.DID_NOT_RUN);
    assertThat(judge(suite(GREEN, "+a"), unreadable("+a")).violations())
        .extracting(Violation::category, Violation::subject)
        .containsExactly(tuple(Category.REPORT_FORGED, "x.xml"));
    assertThat(judge(unreadable("+a"), unreadable("+a")).violations()).isEmpty();
  }

  @Test
  void a_command_that_fails_though_all_passed_is_a_failure_unless_it_did_before() {
    Measurement after = suite(RED, "+a");
    Check check = tests(judge(suite(GREEN, "+a"), after));
    assertThat(check.verdict()).isEqualTo(Verdict.FAIL);
    assertThat(check.reason())
        .startsWith("the command failed (exit code 1) though every reported test passed;");
    assertThat(verdict(suite(RED, "+a"), after)).isEqualTo(Verdict.NOT_COMPARABLE);
  }

  @Test
  void an_old_failure_does_not_explain_a_command_that_did_not_fail_before() {
    assertThat(verdict(suite(GREEN, "+a -b"), suite(RED, "+a -b"))).isEqualTo(Verdict.FAIL);
  }

  @Test
  void a_command_that_ends_well_is_still_judged_by_its_cases() {
    assertThat(verdict(suite(GREEN, "+a"), suite(GREEN, "-a"))).isEqualTo(Verdict.FAIL);
  }

  @Test
  void a_broken_build_fails_with_its_errors_and_no_test_ran() {
    Judgement judgement = judge(suite(GREEN, "+a"), suite(BROKEN, "+a"));
    assertThat(build(judgement).verdict()).isEqualTo(Verdict.FAIL);
    assertThat(tests(judgement).verdict()).isEqualTo(Verdict.DID_NOT_RUN);
    assertThat(judgement.violations())
        .containsExactly(new Violation(Category.COMPILE_ERROR, "a.c:3", "no; b"));
  }

  @Test
  void a_build_broken_before_is_not_comparable_and_a_mended_one_passes() {
    Measurement broken = suite(BROKEN, "");
    assertThat(build(judge(broken, broken)).verdict()).isEqualTo(Verdict.NOT_COMPARABLE);
    assertThat(build(judge(broken, suite(GREEN, "+a"))).verdict()).isEqualTo(Verdict.PASS);
    assertThat(build(judge(broken, broken, Optional.of(suite(GREEN, "+a")))).verdict())
        .isEqualTo(Verdict.FAIL);
  }

  @Test
  void a_time_out_is_a_violation_and_nothing_passes() {
    Judgement judgement = judge(suite(GREEN, "+a"), suite(STOPPED, "+a"));
    assertThat(judgement.violations())
        .extracting(Violation::category)
        .containsExactly(Category.TIME_OUT);
    assertThat(build(judgement).verdict()).isEqualTo(Verdict.DID_NOT_RUN);
    assertThat(tests(judgement).verdict()).isEqualTo(Verdict.DID_NOT_RUN);
  }

  @Test
  void what_was_not_run_did_not_run() {
    Judgement judgement = judge(suite(GREEN, "+a"), suite(new Build.NotRun("no make"), ""));
    assertThat(judgement.checks())
        .filteredOn(check -> MEASURED.contains(check.name()))
        .extracting(Check::verdict)
        .containsOnly(Verdict.DID_NOT_RUN);
  }

  @Test
  void coverage_may_fall_as_far_as_allowed_and_not_further() {
    Measurement base = covered(80_00, 100_00);
    assertThat(coverage(judge(base, covered(79_90, 100_00))).verdict()).isEqualTo(Verdict.PASS);
    Judgement lower = judge(base, covered(79_89, 100_00));
    assertThat(coverage(lower).verdict()).isEqualTo(Verdict.FAIL);
    assertThat(coverage(lower).reason())
        .isEqualTo("line coverage 80.00 % before, 79.89 % after; may fall by 0.10 points");
    assertThat(lower.violations())
        .extracting(Violation::category)
        .containsExactly(Category.COVERAGE_DROP);
  }

  @Test
  void coverage_that_is_not_measured_passes_on_no_side() {
    Measurement known = covered(1, 2);
    Measurement unknown = suite(GREEN, "+a");
    assertThat(coverage(judge(known, unknown)).verdict()).isEqualTo(Verdict.DID_NOT_RUN);
    assertThat(coverage(judge(known, covered(0, 0))).verdict()).isEqualTo(Verdict.DID_NOT_RUN);
    assertThat(coverage(judge(unknown, known)).verdict()).isEqualTo(Verdict.NOT_COMPARABLE);
  }

  @Test
  void a_path_outside_the_scope_an_escape_and_a_submodule_are_unexpected() {
    Measurement suite = suite(GREEN, "+a");
    List<Changed> changes =
        List.of(
            new Changed("src/a.c", Changed.Kind.MODIFIED, false, false),
            new Changed("README.md", Changed.Kind.MODIFIED, false, false),
            new Changed("src/link", Changed.Kind.LINK, false, true),
            new Changed("src/module", Changed.Kind.SUBMODULE, false, false));
    Judgement judgement =
        Judge.judge(
            new Submission(
                suite,
                suite,
                changes,
                new Scope(List.of("src/**")),
                Expectations.DEFAULT,
                Submission.Sources.NONE,
                Submission.Sources.NONE),
            Optional.empty());
    assertThat(check(judgement, CheckName.SCOPE).verdict()).isEqualTo(Verdict.FAIL);
    assertThat(judgement.violations())
        .extracting(Violation::category, Violation::subject)
        .containsExactly(
            tuple(Category.UNEXPECTED_FILE, "README.md"),
            tuple(Category.UNEXPECTED_FILE, "src/link"),
            tuple(Category.UNEXPECTED_FILE, "src/module"));
  }

  @Test
  void a_flood_of_violations_is_cut_but_counted() {
    String many =
        String.join(" ", Stream.iterate(1, i -> i + 1).limit(300).map(i -> "+c" + i).toList());
    Judgement judgement = judge(suite(GREEN, many), suite(GREEN, "+other"));
    assertThat(judgement.violations()).hasSize(Judge.LISTED);
    assertThat(tests(judgement).reason()).contains("300 passed before and are missing now");
  }

  private static Measurement suite(Build build, String cases) {
    List<TestCase> tests =
        Stream.of(cases.split(" ")).filter(word -> !word.isEmpty()).map(JudgeTest::test).toList();
    return new Measurement(
        build, tests, List.of(), new Coverage.NotMeasured("no report"), Duration.ZERO);
  }

  private static TestCase test(String word) {
    String id = word.substring(1);
    Status status =
        switch (word.charAt(0)) {
          case '+' -> Status.PASSED;
          case '-' -> Status.FAILED;
          case '!' -> Status.ERROR;
          case '~' -> Status.SKIPPED;
          default -> throw new IllegalArgumentException(word);
        };
    return new TestCase(id, status, "message of " + id, Duration.ZERO);
  }

  private static Measurement unreadable(String cases) {
    Measurement suite = suite(GREEN, cases);
    return new Measurement(
        suite.build(), suite.tests(), List.of("x.xml: broken"), suite.coverage(), suite.took());
  }

  private static Measurement covered(int covered, int lines) {
    Coverage coverage =
        new Coverage.Measured(
            List.of(new FileCoverage("a.c", covered, lines - covered, 0, 0, List.of(), List.of())));
    return new Measurement(GREEN, suite(GREEN, "+a").tests(), List.of(), coverage, Duration.ZERO);
  }

  private static Judgement judge(Measurement base, Measurement after) {
    return judge(base, after, Optional.empty());
  }

  private static Judgement judge(Measurement base, Measurement after, Optional<Measurement> again) {
    return Judge.judge(submission(base, after, Expectations.DEFAULT), again);
  }

  private static Verdict verdict(Measurement base, Measurement after) {
    return tests(judge(base, after)).verdict();
  }

  private static Verdict verdict(Measurement base, Measurement after, int minimumTests) {
    Expectations expectations =
        new Expectations(
            Set.of(),
            minimumTests,
            0,
            false,
            Expectations.Approval.WHEN_UNSETTLED,
            List.of(),
            Rules.DEFAULT);
    return tests(Judge.judge(submission(base, after, expectations), Optional.empty())).verdict();
  }

  private static Check build(Judgement judgement) {
    return check(judgement, CheckName.BUILD);
  }

  private static Check tests(Judgement judgement) {
    return check(judgement, CheckName.TESTS);
  }

  private static Check coverage(Judgement judgement) {
    return check(judgement, CheckName.COVERAGE);
  }

  private static Check check(Judgement judgement, CheckName name) {
    return judgement.checks().stream()
        .filter(check -> check.name() == name)
        .findFirst()
        .orElseThrow();
  }

  private static Submission submission(
      Measurement base, Measurement after, Expectations expectations) {
    return new Submission(
        base,
        after,
        List.of(),
        Scope.EVERYTHING,
        expectations,
        Submission.Sources.NONE,
        Submission.Sources.NONE);
  }
}
