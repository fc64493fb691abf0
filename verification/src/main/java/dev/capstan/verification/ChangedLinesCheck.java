package dev.capstan.verification;

import dev.capstan.core.evidence.Check;
import dev.capstan.core.evidence.CheckName;
import dev.capstan.core.evidence.Verdict;
import dev.capstan.core.evidence.Violation;
import dev.capstan.core.evidence.Violation.Category;
import dev.capstan.core.plan.Scope;
import dev.capstan.verification.Judge.Finding;
import dev.capstan.verification.Measurement.Build;
import dev.capstan.verification.Measurement.Coverage;
import dev.capstan.verification.Measurement.FileCoverage;
import dev.capstan.verification.Submission.Changed;
import dev.capstan.verification.lines.NewLines;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Whether enough of the lines that were added or altered are executed by the tests. */
final class ChangedLinesCheck {
  /** Tests are seldom measured themselves, so that they are not in the report says nothing. */
  private static final Scope TESTS =
      new Scope(
          List.of(
              "**/test/**",
              "**/tests/**",
              "**/__tests__/**",
              "**/spec/**",
              "**/*Test.*",
              "**/*Tests.*",
              "**/*IT.*",
              "**/test_*",
              "**/*_test.*",
              "**/*.test.*",
              "**/*.spec.*",
              "**/conftest.py"));

  private final Submission submission;
  private final int asked;
  private final Map<String, FileCoverage> measured;
  private final Set<String> extensions;
  private final List<Violation> uncovered = new ArrayList<>();
  private final List<String> unknown = new ArrayList<>();
  private long lines;
  private long covered;

  private ChangedLinesCheck(Submission submission, Coverage.Measured coverage) {
    this.submission = submission;
    this.asked = submission.expectations().rules().changedLinesCovered();
    this.measured =
        coverage.files().stream()
            .collect(Collectors.toMap(FileCoverage::path, Function.identity(), (one, _) -> one));
    this.extensions =
        measured.keySet().stream().map(ChangedLinesCheck::extension).collect(Collectors.toSet());
  }

  static Finding of(Submission submission) {
    Measurement after = submission.after();
    if (!(after.build() instanceof Build.Built)) {
      return new Finding(
          check(Verdict.DID_NOT_RUN, "coverage is incomplete: " + Sentences.build(after.build())));
    }
    if (!(after.coverage() instanceof Coverage.Measured coverage) || coverage.lines() == 0) {
      return new Finding(check(Verdict.DID_NOT_RUN, Sentences.coverage(after.coverage())));
    }
    return new ChangedLinesCheck(submission, coverage).judge();
  }

  private Finding judge() {
    submission.changes().forEach(this::count);
    String silent =
        unknown.isEmpty() ? "" : "; the coverage reports say nothing of " + Sentences.some(unknown);
    if (lines == 0) {
      Verdict verdict = unknown.isEmpty() ? Verdict.PASS : Verdict.DID_NOT_RUN;
      return new Finding(check(verdict, "no changed line that is measured" + silent));
    }
    String reason = figures() + places() + silent;
    if (covered * 10_000 < asked * lines) {
      return new Finding(check(Verdict.FAIL, reason), uncovered);
    }
    boolean whole = asked == 0 || unknown.isEmpty();
    return new Finding(check(whole ? Verdict.PASS : Verdict.DID_NOT_RUN, reason));
  }

  private void count(Changed change) {
    switch (change.kind()) {
      case DELETED, LINK, SUBMODULE -> {}
      case ADDED, MODIFIED -> {
        FileCoverage coverage = measured.get(change.path());
        if (coverage != null) {
          count(change.path(), coverage);
        } else if (extensions.contains(extension(change.path())) && !TESTS.allows(change.path())) {
          unknown.add(change.path());
        }
      }
    }
  }

  private void count(String path, FileCoverage coverage) {
    Set<Integer> changed =
        NewLines.of(
            submission.before().largeText(path).orElse(""),
            submission.now().largeText(path).orElse(""));
    List<Integer> missed = coverage.missedLines().stream().filter(changed::contains).toList();
    long executed = coverage.coveredLines().stream().filter(changed::contains).count();
    lines += missed.size() + executed;
    covered += executed;
    if (!missed.isEmpty()) {
      String detail = Sentences.many(missed.size(), "changed line") + " that no test executes";
      uncovered.add(
          new Violation(Category.UNCOVERED_LINES, path + ":" + LineRanges.write(missed), detail));
    }
  }

  private String figures() {
    return "%d of %s executed by tests (%s %%), at least %s %% are asked for"
        .formatted(
            covered,
            Sentences.many(lines, "changed line"),
            Sentences.percent(covered, lines, 1),
            Sentences.percent(asked, 10_000, 1));
  }

  private String places() {
    return uncovered.isEmpty()
        ? ""
        : "; not executed: " + Sentences.some(uncovered.stream().map(Violation::subject).toList());
  }

  private static String extension(String path) {
    String name = path.substring(path.lastIndexOf('/') + 1);
    return name.substring(name.lastIndexOf('.') + 1);
  }

  private static Check check(Verdict verdict, String reason) {
    return new Check(CheckName.CHANGED_LINES, verdict, reason);
  }
}
