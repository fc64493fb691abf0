package dev.capstan.core.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.capstan.core.CommitId;
import dev.capstan.core.ContentHash;
import dev.capstan.core.evidence.Violation.Category;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/** Only PASS of every required check opens a gate; any FAIL shuts it. */
final class GateTest {
  private static final CommitId COMMIT = new CommitId("a".repeat(40));
  private static final ContentHash REPORT = new ContentHash("b".repeat(64));

  private static Evidence evidence(Check... checks) {
    return new Evidence(COMMIT, List.of(checks), List.of(), REPORT).scored(confidence(100));
  }

  private static Confidence confidence(int hundredths) {
    return new Confidence.Scored(
        hundredths,
        hundredths,
        List.of(new Confidence.Part("tests", hundredths, 1, "measured")),
        new Confidence.Calibration.Uncalibrated(0, 50));
  }

  private static Check check(CheckName name, Verdict verdict) {
    return new Check(name, verdict, "measured");
  }

  private static Expectations requiring(Expectations.Approval approval, CheckName... required) {
    return new Expectations(Set.of(required), 1, 0, false, approval, List.of(), Rules.DEFAULT);
  }

  private static Expectations requiring(CheckName... required) {
    return requiring(Expectations.Approval.WHEN_UNSETTLED, required);
  }

  @Test
  void every_required_check_passed() {
    assertThat(
            Gate.judge(evidence(check(CheckName.BUILD, Verdict.PASS)), requiring(CheckName.BUILD)))
        .isEqualTo(new Gate.Open());
  }

  @Test
  void a_check_that_is_missing_asks_a_person() {
    assertThat(Gate.judge(evidence(), requiring(CheckName.TESTS, CheckName.BUILD)))
        .isEqualTo(
            new Gate.AsksPerson(
                List.of(
                    "BUILD DID_NOT_RUN: no such check was made",
                    "TESTS DID_NOT_RUN: no such check was made")));
  }

  @Test
  void a_failure_shuts_the_gate_even_where_nobody_asked_for_the_check() {
    Check failed = check(CheckName.COVERAGE, Verdict.FAIL);
    assertThat(
            Gate.judge(
                evidence(check(CheckName.BUILD, Verdict.PASS), failed), requiring(CheckName.BUILD)))
        .isEqualTo(new Gate.Shut(List.of(failed)));
  }

  @Test
  void a_check_that_nobody_asked_for_may_be_left_unmeasured() {
    assertThat(
            Gate.judge(
                evidence(
                    check(CheckName.BUILD, Verdict.PASS),
                    check(CheckName.COVERAGE, Verdict.NOT_COMPARABLE)),
                requiring(CheckName.BUILD)))
        .isEqualTo(new Gate.Open());
  }

  @Test
  void one_pass_does_not_outweigh_another_verdict_of_the_same_check() {
    assertThat(
            Gate.judge(
                evidence(
                    check(CheckName.TESTS, Verdict.PASS),
                    check(CheckName.TESTS, Verdict.NOT_COMPARABLE)),
                requiring(CheckName.TESTS)))
        .isEqualTo(new Gate.AsksPerson(List.of("TESTS NOT_COMPARABLE: measured")));
  }

  @Test
  void policy_may_ask_a_person_before_every_gate() {
    assertThat(
            Gate.judge(
                evidence(check(CheckName.BUILD, Verdict.PASS)),
                requiring(Expectations.Approval.ALWAYS, CheckName.BUILD)))
        .isEqualTo(new Gate.AsksPerson(List.of("the policy asks a person before every gate")));
  }

  @Test
  void too_little_confidence_asks_a_person_and_says_what_it_is_made_of() {
    Evidence unsure = evidence(check(CheckName.BUILD, Verdict.PASS)).scored(confidence(79));
    assertThat(Gate.judge(unsure, requiring(CheckName.BUILD)))
        .isEqualTo(
            new Gate.AsksPerson(
                List.of(
                    "confidence 0.79, uncalibrated (0 of 50 outcomes): tests 0.79; policy asks for at least 0.80")));
  }

  @Test
  void evidence_without_a_score_asks_a_person() {
    Evidence unscored = evidence(check(CheckName.BUILD, Verdict.PASS)).scored(Evidence.NOT_SCORED);
    assertThat(Gate.judge(unscored, requiring(CheckName.BUILD)))
        .isInstanceOf(Gate.AsksPerson.class);
  }

  @Property
  void no_confidence_opens_a_gate_that_a_check_keeps_shut(
      @ForAll @IntRange(min = 0, max = 100) int hundredths, @ForAll CheckName failing) {
    Evidence failed = evidence(check(failing, Verdict.FAIL)).scored(confidence(hundredths));
    assertThat(Gate.judge(failed, requiring())).isInstanceOf(Gate.Shut.class);
  }

  @Test
  void a_failure_that_policy_ignores_does_not_shut_the_gate() {
    Evidence lint = failing(CheckName.ANALYSIS, Category.LINT);
    assertThat(Gate.judge(lint, ignoringLint())).isEqualTo(new Gate.Open());
    assertThat(ignoringLint().rules().responses().ignored(lint.violations()))
        .containsExactly(new Ignored(Category.LINT, 1, "the linter is being replaced"));
  }

  @Test
  void a_check_that_found_anything_else_too_still_shuts_the_gate() {
    Evidence both = failing(CheckName.ANALYSIS, Category.LINT, Category.SECRET);
    assertThat(Gate.judge(both, ignoringLint())).isInstanceOf(Gate.Shut.class);
  }

  @Test
  void a_failed_check_without_a_violation_cannot_be_ignored() {
    assertThat(Gate.judge(failing(CheckName.ANALYSIS), ignoringLint()))
        .isInstanceOf(Gate.Shut.class);
  }

  @Test
  void a_list_of_violations_that_may_be_cut_is_not_ignored() {
    Category[] many =
        Collections.nCopies(Evidence.MOST_LISTED, Category.LINT).toArray(Category[]::new);
    assertThat(Gate.judge(failing(CheckName.ANALYSIS, many), ignoringLint()))
        .isInstanceOf(Gate.Shut.class);
  }

  @Property
  void only_what_is_no_cheat_and_no_broken_test_can_be_ignored(@ForAll Category category) {
    Set<Category> allowed =
        Set.of(
            Category.BINARY_FILE,
            Category.COVERAGE_DROP,
            Category.UNCOVERED_LINES,
            Category.MUTANT_SURVIVED,
            Category.LINT,
            Category.DEPENDENCY,
            Category.LICENCE);
    if (!allowed.contains(category)) {
      assertThatThrownBy(() -> ignoring(category)).isInstanceOf(IllegalArgumentException.class);
    } else {
      assertThat(ignoring(category).ignored(List.of())).isEmpty();
    }
  }

  private static Responses ignoring(Category category) {
    return new Responses(
        Map.of(category, new Response.Ignore("the linter is being replaced")),
        Map.of(),
        new Response.Fix());
  }

  private static Expectations ignoringLint() {
    Rules usual = Rules.DEFAULT;
    return requiring()
        .withRules(
            new Rules(
                usual.protectedPaths(),
                usual.changedLinesCovered(),
                usual.leastConfidence(),
                usual.forbiddenLicences(),
                usual.leftOut(),
                ignoring(Category.LINT),
                usual.largest()));
  }

  private static Evidence failing(CheckName name, Category... found) {
    List<Violation> violations =
        Arrays.stream(found).map(c -> new Violation(c, "A.java", "it is there")).toList();
    return new Evidence(COMMIT, List.of(check(name, Verdict.FAIL)), violations, REPORT)
        .scored(confidence(100));
  }

  @Property
  void the_gate_is_open_only_on_a_pass_of_everything_required(
      @ForAll List<CheckName> names,
      @ForAll List<Verdict> verdicts,
      @ForAll Set<CheckName> required,
      @ForAll Expectations.Approval approval) {
    List<Check> checks = new ArrayList<>();
    for (int i = 0; i < Math.min(names.size(), verdicts.size()); i++) {
      checks.add(check(names.get(i), verdicts.get(i)));
    }
    boolean failed = checks.stream().anyMatch(c -> c.verdict() == Verdict.FAIL);
    boolean passed =
        required.stream()
            .allMatch(name ->
                checks.stream().anyMatch(c -> c.name() == name)
                    && checks.stream()
                        .filter(c -> c.name() == name)
                        .allMatch(c -> c.verdict() == Verdict.PASS));
    Gate gate =
        Gate.judge(
            evidence(checks.toArray(Check[]::new)),
            requiring(approval, required.toArray(CheckName[]::new)));
    assertThat(gate instanceof Gate.Shut).isEqualTo(failed);
    assertThat(gate instanceof Gate.Open)
        .isEqualTo(!failed && passed && approval == Expectations.Approval.WHEN_UNSETTLED);
  }
}
