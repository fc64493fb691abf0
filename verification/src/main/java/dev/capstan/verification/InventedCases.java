package dev.capstan.verification;

import dev.capstan.core.evidence.Check;
import dev.capstan.core.evidence.Verdict;
import dev.capstan.core.evidence.Violation;
import dev.capstan.core.evidence.Violation.Category;
import dev.capstan.verification.Judge.Finding;
import dev.capstan.verification.frozen.JudgeFiles.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Cases of classes and modules that no source has: another hand than the test tool's wrote them.
 *
 * <p>Nobody honest is blamed: a new name of a class that is known says nothing; a class that any
 * changed file names has a source; and where a class of the cases before has none either, tests are
 * generated or come from elsewhere, and nothing can be told.
 *
 * @param groups the classes and modules, in order
 * @param isQuestion the build was changed as declared, and may bring tests from elsewhere
 */
record InventedCases(List<String> groups, boolean isQuestion) {
  private static final String SEPARATOR = " > ";

  InventedCases {
    groups = List.copyOf(groups);
  }

  static InventedCases of(Submission submission, JudgeReading reading) {
    Set<String> before = groups(submission.base());
    Set<String> brought = groups(submission.after());
    brought.removeAll(before);
    boolean declared =
        reading.tree().changed().stream()
            .anyMatch(file -> file.declared() && file.kind() == Kind.BUILD);
    return new InventedCases(unknown(submission, before, brought), declared);
  }

  private static List<String> unknown(
      Submission submission, Set<String> before, Set<String> brought) {
    if (before.isEmpty() || brought.isEmpty()) {
      return List.of();
    }
    SourceNames names = SourceNames.of(submission);
    List<String> unknown = brought.stream().filter(group -> lacksSource(names, group)).toList();
    boolean usual =
        unknown.isEmpty() || before.stream().noneMatch(group -> lacksSource(names, group));
    return usual ? unknown : List.of();
  }

  private static boolean lacksSource(SourceNames names, String group) {
    return names.hasSource(group).equals(Optional.of(false));
  }

  private static Set<String> groups(Measurement measurement) {
    Set<String> groups = new TreeSet<>();
    for (Measurement.TestCase test : measurement.tests()) {
      int end = test.id().indexOf(SEPARATOR);
      if (end > 0) {
        groups.add(test.id().substring(0, end));
      }
    }
    return groups;
  }

  /** What the check of the tests says, knowing this. */
  Finding tests(Finding measured) {
    if (groups.isEmpty()) {
      return measured;
    }
    Check check = measured.check();
    String why = check.reason() + "; no source has " + Sentences.some(groups);
    if (isQuestion) {
      Verdict verdict = check.verdict() == Verdict.PASS ? Verdict.NOT_COMPARABLE : check.verdict();
      return new Finding(new Check(check.name(), verdict, why), measured.violations());
    }
    List<Violation> violations = new ArrayList<>(measured.violations());
    violations.addAll(groups.stream().map(InventedCases::violation).toList());
    Verdict verdict = check.verdict() == Verdict.DID_NOT_RUN ? Verdict.DID_NOT_RUN : Verdict.FAIL;
    return new Finding(new Check(check.name(), verdict, why), violations);
  }

  private static Violation violation(String group) {
    return new Violation(
        Category.REPORT_FORGED,
        group,
        "expected cases of tests that have a source, found a report of one that has none");
  }
}
