package dev.capstan.verification;

import dev.capstan.core.evidence.Check;
import dev.capstan.core.evidence.CheckName;
import dev.capstan.core.evidence.Verdict;
import dev.capstan.core.evidence.Violation;
import dev.capstan.core.evidence.Violation.Category;
import dev.capstan.verification.Judge.Finding;
import dev.capstan.verification.Measurement.Build;
import dev.capstan.verification.Measurement.TestCase;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.StringJoiner;
import java.util.stream.Collectors;

/**
 * Whether what passed before still runs and passes, judged by the cases and never by exit alone.
 */
final class TestsCheck {
  private final Measurement base;
  private final Measurement after;
  private final Optional<Measurement> baseAgain;
  private final int minimum;
  private final Comparison comparison;
  private final Flakiness flakiness;

  private TestsCheck(
      Measurement base,
      Measurement after,
      Optional<Measurement> baseAgain,
      int minimumTests,
      JudgeReading reading) {
    this.base = base;
    this.after = after;
    this.baseAgain = baseAgain;
    this.minimum = Math.max(1, minimumTests);
    this.comparison =
        Comparison.of(base, after, baseAgain).excusing(id -> reading.excuses(id, after));
    this.flakiness = Flakiness.of(base, after, baseAgain);
  }

  static Finding of(
      Measurement base,
      Measurement after,
      Optional<Measurement> baseAgain,
      int minimumTests,
      JudgeReading reading) {
    return new TestsCheck(base, after, baseAgain, minimumTests, reading).judge();
  }

  private Finding judge() {
    return switch (after.build()) {
      case Build.Built(int exitCode, _) -> judgeReports(exitCode);
      case Build.Broken _ -> finding(Verdict.DID_NOT_RUN, "the build is broken");
      case Build.NotRun(String reason) -> finding(Verdict.DID_NOT_RUN, "not run: " + reason);
      case Build.TimedOut _ ->
          finding(
              Verdict.DID_NOT_RUN,
              Sentences.build(after.build()) + ", until then " + after.counts());
    };
  }

  private Finding judgeReports(int exitCode) {
    if (!after.problems().isEmpty()) {
      return finding(
          Verdict.DID_NOT_RUN, figures() + ": " + Sentences.some(after.problems()), spoilt());
    }
    if (after.executed() == 0) {
      String why = after.tests().isEmpty() ? "no test was reported" : "no test was executed";
      return finding(Verdict.DID_NOT_RUN, why + "; " + figures());
    }
    if (!comparison.keepsWhatPassed() || flakiness.isBrought()) {
      return finding(Verdict.FAIL, figures() + differences(), violations());
    }
    if (flakiness.steady() == 0) {
      return finding(Verdict.DID_NOT_RUN, figures() + "; every case that ran is flaky");
    }
    if (flakiness.steady() < minimum) {
      String why = "; at least %d have to be executed".formatted(minimum);
      return finding(Verdict.DID_NOT_RUN, figures() + why);
    }
    return comparable().orElseGet(() -> judgeExit(exitCode));
  }

  /** What is in the way of comparing, if anything is. */
  private Optional<Finding> comparable() {
    if (!(base.build() instanceof Build.Built)) {
      String why = "; nothing to compare with, before: " + Sentences.build(base.build());
      return Optional.of(finding(Verdict.NOT_COMPARABLE, figures() + why));
    }
    if (!base.problems().isEmpty()) {
      String why = "; before: " + Sentences.some(base.problems());
      return Optional.of(finding(Verdict.NOT_COMPARABLE, figures() + why));
    }
    return base.executed() > 0
        ? Optional.empty()
        : Optional.of(finding(Verdict.NOT_COMPARABLE, figures() + "; no test was executed before"));
  }

  /**
   * Every failing case is known to be pre-existing here; is the command's exit explained by them?
   */
  private Finding judgeExit(int exitCode) {
    boolean failedBefore = failed(base) || baseAgain.filter(TestsCheck::failed).isPresent();
    if (exitCode == 0 || (after.anyFails() && failedBefore)) {
      return finding(Verdict.PASS, figures() + differences());
    }
    String why =
        "the command failed (exit code %d) though every reported test passed%s"
            .formatted(exitCode, after.anyFails() ? " or failed before" : "");
    if (unexplained(base) || baseAgain.filter(TestsCheck::unexplained).isPresent()) {
      return finding(Verdict.NOT_COMPARABLE, why + ", as it did before; " + figures());
    }
    Violation violation = new Violation(Category.TEST_FAILED, "exit code", why);
    return finding(Verdict.FAIL, why + "; " + figures(), List.of(violation));
  }

  private static boolean failed(Measurement measurement) {
    return measurement.build() instanceof Build.Built(int exitCode, _) && exitCode != 0;
  }

  /** True if the command failed and no case says why. */
  private static boolean unexplained(Measurement measurement) {
    return failed(measurement) && !measurement.anyFails();
  }

  private String figures() {
    return "%s after; %s before".formatted(after.counts(), base.counts());
  }

  private String differences() {
    StringJoiner text = new StringJoiner("; ", "; ", "").setEmptyValue("");
    add(text, comparison.failing(), "passed before and %s now: ", "fails", "fail");
    add(text, comparison.missing(), "passed before and %s missing now: ", "is", "are");
    add(text, comparison.skipped(), "passed before and %s skipped now: ", "is", "are");
    add(text, comparison.newlyFailing(), "did not run before and %s now: ", "fails", "fail");
    add(text, comparison.preexisting(), "%s, and failed before too: ", "fails", "fail");
    add(
        text,
        comparison.seenAgain(),
        "%s not pass, failed before too, seen again in the same sandbox: ",
        "does",
        "do");
    add(
        text,
        comparison.goneBefore(),
        "passed at first and %s not run now, nor on the commit before, seen in the same sandbox: ",
        "was",
        "were");
    add(
        text,
        comparison.excused(),
        "passed before and %s taken away or moved by changed tests: ",
        "was",
        "were");
    add(text, comparison.gone(), "failed before and %s not run now: ", "was", "were");
    add(text, flakiness.known(), "%s flaky and counts neither way: ", "is", "are");
    add(text, flakiness.brought(), "%s flaky with the change: ", "is", "are");
    return text.toString();
  }

  private static void add(
      StringJoiner text, List<String> ids, String words, String one, String many) {
    if (!ids.isEmpty()) {
      text.add(
          ids.size() + " " + words.formatted(ids.size() == 1 ? one : many) + Sentences.some(ids));
    }
  }

  private List<Violation> violations() {
    Map<String, TestCase> cases =
        after.tests().stream().collect(Collectors.toMap(TestCase::id, test -> test));
    List<Violation> all = new ArrayList<>(Contradictions.of(base, after));
    for (String id : comparison.failing()) {
      all.add(
          violation(Category.TEST_FAILED, id, "passed before, fails now: " + message(cases, id)));
    }
    for (String id : comparison.newlyFailing()) {
      all.add(violation(Category.TEST_FAILED, id, "new, and fails: " + message(cases, id)));
    }
    for (String id : comparison.missing()) {
      all.add(violation(Category.TEST_REMOVED, id, "passed before, is not reported now"));
    }
    for (String id : comparison.skipped()) {
      all.add(violation(Category.TEST_SKIPPED, id, "passed before, is skipped now"));
    }
    for (String id : flakiness.brought()) {
      all.add(violation(Category.FLAKY_TEST, id, "passed and failed with the change"));
    }
    return all;
  }

  /** A tool that wrote sound reports before writes no others now. */
  private List<Violation> spoilt() {
    return base.problems().isEmpty() && base.executed() > 0
        ? after.problems().stream()
            .map(problem ->
                violation(
                    Category.REPORT_FORGED,
                    problem.substring(0, problem.contains(":") ? problem.indexOf(':') : 0),
                    "expected a report that can be read as before, found " + problem))
            .toList()
        : List.of();
  }

  private List<Violation> flaky() {
    return flakiness.known().stream()
        .map(id ->
            violation(Category.FLAKY_TEST, id, "passed and failed on the commit before the change"))
        .toList();
  }

  private static Violation violation(Category category, String id, String detail) {
    return new Violation(category, id, detail);
  }

  private static String message(Map<String, TestCase> cases, String id) {
    TestCase test = cases.get(id);
    return test == null
        ? "no message"
        : test.message()
            .lines()
            .filter(line -> !line.isBlank())
            .findFirst()
            .orElse("no message")
            .strip();
  }

  private Finding finding(Verdict verdict, String reason) {
    return finding(verdict, reason, List.of());
  }

  /** A flaky case is named whatever the verdict. */
  private Finding finding(Verdict verdict, String reason, List<Violation> violations) {
    List<Violation> all = new ArrayList<>(violations);
    all.addAll(flaky());
    return new Finding(new Check(CheckName.TESTS, verdict, reason), all);
  }
}
