package dev.capstan.verification;

import dev.capstan.core.evidence.Check;
import dev.capstan.core.evidence.CheckName;
import dev.capstan.core.evidence.Verdict;
import dev.capstan.core.evidence.Violation;
import dev.capstan.core.evidence.Violation.Category;
import dev.capstan.verification.Judge.Finding;
import dev.capstan.verification.Measurement.Analysis;
import dev.capstan.verification.Measurement.Build;
import dev.capstan.verification.Measurement.Issue;
import dev.capstan.verification.Submission.Sources;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * Whether static analysis and lint find no error that they did not find before.
 *
 * <p>An issue is the same if its kind, its message without numbers and the text of its line are, so
 * that lines and files may move.
 */
final class AnalysisCheck {
  private final Submission submission;

  private AnalysisCheck(Submission submission) {
    this.submission = submission;
  }

  static Finding of(Submission submission) {
    Measurement after = submission.after();
    if (!(after.build() instanceof Build.Built)) {
      return finding(
          Verdict.DID_NOT_RUN, "analysis is incomplete: " + Sentences.build(after.build()));
    }
    return switch (after.analysis()) {
      case Analysis.NotMeasured(String reason) -> finding(Verdict.DID_NOT_RUN, reason);
      case Analysis.Measured(List<Issue> now) -> new AnalysisCheck(submission).compare(now);
    };
  }

  private Finding compare(List<Issue> now) {
    return switch (submission.base().analysis()) {
      case Analysis.NotMeasured(String reason) ->
          finding(
              Verdict.NOT_COMPARABLE,
              Sentences.many(now.size(), "issue") + " now; before: " + reason);
      case Analysis.Measured(List<Issue> before) -> judge(before, now);
    };
  }

  private Finding judge(List<Issue> before, List<Issue> now) {
    List<Issue> brought = brought(before, now);
    List<Issue> errors = brought.stream().filter(Issue::error).toList();
    String figures =
        "%s before, %d now; %d new, of which %s"
            .formatted(
                Sentences.many(before.size(), "issue"),
                now.size(),
                brought.size(),
                Sentences.many(errors.size(), "error"));
    if (errors.isEmpty()) {
      return finding(Verdict.PASS, figures);
    }
    List<Violation> violations = errors.stream().map(AnalysisCheck::violation).toList();
    String places = Sentences.some(violations.stream().map(Violation::subject).toList());
    Check check = new Check(CheckName.ANALYSIS, Verdict.FAIL, figures + ": " + places);
    return new Finding(check, violations);
  }

  /** First each file is compared with itself, then what is left with what has gone elsewhere. */
  private List<Issue> brought(List<Issue> before, List<Issue> now) {
    Function<Issue, String> old = key(submission.before());
    Function<Issue, String> current = key(submission.now());
    Map<String, Integer> known = new HashMap<>();
    before.forEach(issue -> known.merge(issue.path() + '\0' + old.apply(issue), 1, Integer::sum));
    List<Issue> left = new ArrayList<>();
    for (Issue issue : now) {
      if (!take(known, issue.path() + '\0' + current.apply(issue))) {
        left.add(issue);
      }
    }
    Map<String, Integer> gone = new HashMap<>();
    known.forEach(
        (key, count) -> gone.merge(key.substring(key.indexOf('\0') + 1), count, Integer::sum));
    return left.stream().filter(issue -> !take(gone, current.apply(issue))).toList();
  }

  private static boolean take(Map<String, Integer> counts, String key) {
    int count = counts.getOrDefault(key, 0);
    if (count > 0) {
      counts.put(key, count - 1);
    }
    return count > 0;
  }

  private static Function<Issue, String> key(Sources files) {
    Map<String, List<String>> texts = new HashMap<>();
    return issue -> {
      List<String> lines =
          texts.computeIfAbsent(
              issue.path(),
              path -> files.text(path).map(text -> text.lines().toList()).orElse(List.of()));
      String line =
          issue.line() >= 1 && issue.line() <= lines.size()
              ? lines.get(issue.line() - 1).strip()
              : "";
      return issue.type() + '\0' + issue.message().replaceAll("\\d+", "0") + '\0' + line;
    };
  }

  private static Violation violation(Issue issue) {
    String place = issue.line() > 0 ? issue.path() + ":" + issue.line() : issue.path();
    return new Violation(Category.LINT, place, issue.type() + ": " + issue.message());
  }

  private static Finding finding(Verdict verdict, String reason) {
    return new Finding(new Check(CheckName.ANALYSIS, verdict, reason));
  }
}
