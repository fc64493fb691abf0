package dev.capstan.verification;

import dev.capstan.core.evidence.Check;
import dev.capstan.core.evidence.CheckName;
import dev.capstan.core.evidence.Verdict;
import dev.capstan.core.evidence.Violation;
import dev.capstan.core.evidence.Violation.Category;
import dev.capstan.verification.Judge.Finding;
import dev.capstan.verification.dilution.Dilution.Weakening;
import dev.capstan.verification.frozen.FrozenTree.Touched;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * Whether what judges the change is as strict as it was. What the step did not declare was measured
 * as it was before; so this check names, and the others could not be bent.
 */
final class JudgeCheck {
  private static final String DECLARE =
      "; a step that is meant to says so (judge: in the plan, --judge)";

  private final JudgeReading reading;
  private final MutationWord mutation;

  private JudgeCheck(JudgeReading reading, MutationWord mutation) {
    this.reading = reading;
    this.mutation = mutation;
  }

  static Finding of(JudgeReading reading, MutationWord mutation) {
    return new JudgeCheck(reading, mutation).judge();
  }

  private Finding judge() {
    List<Violation> violations = undeclared();
    if (!violations.isEmpty()) {
      String reason =
          "%s to what judges that the step did not declare: %s%s"
              .formatted(Sentences.many(violations.size(), "change"), named(violations), DECLARE);
      return new Finding(new Check(CheckName.JUDGE, Verdict.FAIL, reason), violations);
    }
    List<String> open = open();
    if (!open.isEmpty()) {
      String reason =
          "changed tests and settings are for a person to read, %s: %s"
              .formatted(Sentences.many(open.size(), "point"), Sentences.listed(open));
      return finding(Verdict.NOT_COMPARABLE, reason);
    }
    return finding(Verdict.PASS, unchanged());
  }

  private List<Violation> undeclared() {
    return Stream.concat(
            reading.undeclaredSettings().stream().map(JudgeCheck::violation),
            Stream.concat(
                reading.weakenings(false).stream().map(JudgeCheck::violation),
                reading.aware().stream().filter(TestAwareness::ofTests).map(JudgeCheck::violation)))
        .toList();
  }

  private static Violation violation(TestAwareness aware) {
    return new Violation(
        Category.TEST_WEAKENED,
        aware.path(),
        "expected code that does in a test what it does elsewhere, found it looking for tests: "
            + aware.found());
  }

  private static Violation violation(Touched file) {
    return new Violation(
        Category.JUDGE_CHANGED,
        file.path(),
        "expected as it was before (%s), found %s; measured %s"
            .formatted(
                file.kind().name().toLowerCase(Locale.ROOT),
                file.existed() ? "changed or deleted" : "added",
                file.existed() ? "with it as it was" : "without it"));
  }

  private static Violation violation(Weakening weakening) {
    return new Violation(weakening.category(), weakening.test().text(), weakening.detail());
  }

  private static String named(List<Violation> violations) {
    return Sentences.some(violations.stream().map(Violation::subject).toList());
  }

  /** What only a person, or for the tests a mutation score, can settle. */
  private List<String> open() {
    List<String> open = new ArrayList<>();
    reading.weakenings(true).stream()
        .filter(weakening -> !isSettled(weakening.test().path()))
        .forEach(weakening -> open.add(weakening.test().text() + ": " + weakening.detail()));
    reading.uncompared().stream()
        .filter(file -> !isSettled(file.path()))
        .forEach(file -> open.add(file.path() + " " + file.reason()));
    reading.aware().stream()
        .filter(aware -> !aware.ofTests())
        .forEach(aware -> open.add(aware.path() + " looks at who calls it: " + aware.found()));
    reading
        .declaredSettings()
        .forEach(file ->
            open.add(
                file.path()
                    + " is of "
                    + (file.kind().name().equals("CI") ? "CI" : "the settings")
                    + ", changed as declared"));
    if (mutation == MutationWord.WEAKER) {
      open.add("the changed tests find fewer faults than before");
    }
    return open;
  }

  /** Faults are put into Java only, so they say nothing of the tests of another language. */
  private boolean isSettled(String test) {
    return mutation == MutationWord.AS_STRONG && test.endsWith(".java");
  }

  private String unchanged() {
    List<String> paths = reading.tree().changed().stream().map(Touched::path).toList();
    if (paths.isEmpty()) {
      return "no file that judges was changed";
    }
    String moved =
        reading.dilution().moves().isEmpty()
            ? ""
            : ", "
                + Sentences.many(reading.dilution().moves().size(), "test")
                + " moved or renamed";
    return "%s that judge %s, %s%s: %s"
        .formatted(
            Sentences.many(paths.size(), "file"),
            paths.size() == 1 ? "was changed or added" : "were changed or added",
            mutation == MutationWord.AS_STRONG
                ? "the tests find every fault that they found before"
                : "no test asks for less",
            moved,
            Sentences.some(paths));
  }

  private static Finding finding(Verdict verdict, String reason) {
    return new Finding(new Check(CheckName.JUDGE, verdict, reason));
  }
}
