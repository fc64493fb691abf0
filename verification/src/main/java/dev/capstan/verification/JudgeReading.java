package dev.capstan.verification;

import dev.capstan.core.evidence.Violation.Category;
import dev.capstan.core.plan.Scope;
import dev.capstan.verification.Measurement.Status;
import dev.capstan.verification.Submission.Changed;
import dev.capstan.verification.dilution.Dilution;
import dev.capstan.verification.dilution.Dilution.Revision;
import dev.capstan.verification.dilution.Dilution.Uncompared;
import dev.capstan.verification.dilution.Dilution.Weakening;
import dev.capstan.verification.dilution.TestName;
import dev.capstan.verification.frozen.FrozenTree;
import dev.capstan.verification.frozen.FrozenTree.Touched;
import dev.capstan.verification.frozen.JudgeFiles.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What a change does to what judges it.
 *
 * @param tree the changed files that judge
 * @param dilution what the changed tests ask for, against before
 * @param declared globs of what the step said it changes
 * @param aware code that newly looks at who calls it
 * @param lost names that stood in declared tests of unknown languages and do not any more
 */
record JudgeReading(
    FrozenTree tree,
    Dilution dilution,
    List<String> declared,
    List<String> lost,
    List<TestAwareness> aware) {
  JudgeReading {
    declared = List.copyOf(declared);
    lost = List.copyOf(lost);
    aware = List.copyOf(aware);
  }

  static JudgeReading of(Submission submission) {
    List<String> declared = submission.expectations().judge();
    List<String> changed = submission.changes().stream().map(Changed::path).toList();
    FrozenTree tree =
        FrozenTree.of(changed, submission.before().paths(), submission.before()::text, declared);
    Revisions revisions = new Revisions(submission);
    submission.changes().stream()
        .filter(change -> holdsTests(change, tree))
        .forEach(revisions::add);
    Dilution found = Dilution.of(revisions.read);
    Dilution dilution =
        new Dilution(
            found.weakenings(),
            found.moves(),
            Stream.concat(found.uncompared().stream(), revisions.unread.stream())
                .filter(file -> !isProse(file.path()))
                .toList());
    return new JudgeReading(
        tree,
        dilution,
        declared,
        revisions.lostWords(dilution, declared),
        TestAwareness.of(submission));
  }

  /** Rust's tests stand beside what they test. */
  private static boolean holdsTests(Changed change, FrozenTree tree) {
    return change.path().endsWith(".rs")
        || tree.changed().stream()
            .anyMatch(file -> file.path().equals(change.path()) && file.kind() == Kind.TEST);
  }

  private static boolean isProse(String path) {
    return path.endsWith(".md") || path.endsWith(".rst") || path.endsWith(".adoc");
  }

  boolean isDeclared(String path) {
    return !declared.isEmpty() && new Scope(declared).allows(path);
  }

  List<Touched> undeclaredSettings() {
    return tree.changed().stream()
        .filter(file -> !file.declared() && file.kind() != Kind.TEST)
        .toList();
  }

  /** What CI, lint and coverage ask for after a declared change can't be compared. */
  List<Touched> declaredSettings() {
    return tree.changed().stream()
        .filter(Touched::declared)
        .filter(file -> file.kind() == Kind.CI || file.kind() == Kind.SETTINGS)
        .toList();
  }

  List<Weakening> weakenings(boolean ofDeclared) {
    return dilution.weakenings().stream()
        .filter(weakening -> isDeclared(weakening.test().path()) == ofDeclared)
        .toList();
  }

  List<Uncompared> uncompared() {
    return dilution.uncompared();
  }

  /**
   * True if a case that is missing or skipped is so because a test was moved, or a test that the
   * step declared was taken away: then the judge of the tests answers for it.
   */
  boolean excuses(String caseId, Measurement after) {
    return dilution.moves().stream()
            .anyMatch(move -> move.before().isReportedAs(caseId) && passes(move.now(), after))
        || weakenings(true).stream()
            .filter(weakening -> weakening.category() != Category.TEST_WEAKENED)
            .anyMatch(weakening -> weakening.test().isReportedAs(caseId))
        || lost.stream().anyMatch(name -> name.equals(caseId));
  }

  private static boolean passes(TestName test, Measurement after) {
    return after.tests().stream()
        .anyMatch(found -> found.status() == Status.PASSED && test.isReportedAs(found.id()));
  }

  /** Reads the texts of tests before and now. */
  private static final class Revisions {
    private final Submission submission;
    private final List<Revision> read = new ArrayList<>();
    private final List<Uncompared> unread = new ArrayList<>();

    Revisions(Submission submission) {
      this.submission = submission;
    }

    void add(Changed change) {
      boolean existed = change.kind() != Changed.Kind.ADDED;
      Optional<String> before = submission.before().text(change.path());
      boolean exists =
          change.kind() == Changed.Kind.ADDED || change.kind() == Changed.Kind.MODIFIED;
      Optional<String> now = exists ? submission.now().text(change.path()) : Optional.of("");
      if ((existed && before.isEmpty() && exists) || now.isEmpty()) {
        unread.add(new Uncompared(change.path(), "is no plain text of at most 1 MiB"));
      } else {
        read.add(new Revision(change.path(), before.orElse(""), now.get()));
      }
    }

    /** Names of cases that a declared file of an unknown language no longer has. */
    List<String> lostWords(Dilution dilution, List<String> declared) {
      Scope scope = new Scope(declared);
      List<String> lost = new ArrayList<>();
      for (Revision file : read) {
        boolean unknown =
            dilution.uncompared().stream().anyMatch(one -> one.path().equals(file.path()));
        if (unknown && !declared.isEmpty() && scope.allows(file.path())) {
          submission.base().tests().stream()
              .map(Measurement.TestCase::id)
              .filter(id -> names(file.before(), id) && !names(file.now(), id))
              .forEach(lost::add);
        }
      }
      return lost;
    }

    private static boolean names(String text, String id) {
      return text.contains(id.substring(id.lastIndexOf(" > ") < 0 ? 0 : id.lastIndexOf(" > ") + 3));
    }
  }
}
