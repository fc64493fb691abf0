package dev.capstan.verification;

import dev.capstan.core.evidence.Check;
import dev.capstan.core.evidence.CheckName;
import dev.capstan.core.evidence.Verdict;
import dev.capstan.core.evidence.Violation;
import dev.capstan.core.evidence.Violation.Category;
import dev.capstan.verification.Judge.Finding;
import dev.capstan.verification.lines.NewLines;
import dev.capstan.verification.mutation.SourceClass;
import dev.capstan.verification.report.ReportedMutant;
import dev.capstan.verification.report.ReportedMutant.Fate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;

/**
 * Whether the tests find the faults that a tool puts into the code: in changed lines no smaller a
 * share than before in the same classes, and by changed tests no fewer than before.
 */
final class MutationCheck {
  private final Submission submission;
  private final MutationQuestion.Asked asked;
  private final List<ReportedMutant> before;
  private final List<ReportedMutant> now;
  private final List<Verdict> verdicts = new ArrayList<>();
  private final List<String> reasons = new ArrayList<>();
  private final List<Violation> violations = new ArrayList<>();

  private MutationCheck(
      Submission submission,
      MutationQuestion.Asked asked,
      List<ReportedMutant> before,
      List<ReportedMutant> now) {
    this.submission = submission;
    this.asked = asked;
    this.before = tried(before);
    this.now = tried(now);
  }

  /**
   * What came of it.
   *
   * @param word what it says of changed tests that ask for less
   */
  record Result(Finding finding, MutationWord word) {}

  static Result of(Submission submission, Mutation mutation) {
    return switch (mutation.question()) {
      case MutationQuestion.NotAsked(var reason) -> didNotRun(reason);
      case MutationQuestion.Asked asked -> of(submission, asked, mutation);
    };
  }

  private static Result of(Submission submission, MutationQuestion.Asked asked, Mutation mutation) {
    if (mutation.now() instanceof MutationRun.NotMeasured(var reason)) {
      return didNotRun(reason);
    }
    if (mutation.before() instanceof MutationRun.NotMeasured(var reason)) {
      return didNotRun("before the change: " + reason);
    }
    MutationCheck check =
        new MutationCheck(submission, asked, mutants(mutation.before()), mutants(mutation.now()));
    return new Result(check.judge(), check.word());
  }

  static List<ReportedMutant> mutants(MutationRun run) {
    return switch (run) {
      case MutationRun.Measured(var mutants) -> mutants;
      case MutationRun.NotMeasured _ -> List.of();
    };
  }

  private static Result didNotRun(String reason) {
    Check check = new Check(CheckName.MUTATION, Verdict.DID_NOT_RUN, reason);
    return new Result(new Finding(check), MutationWord.NOT_MEASURED);
  }

  private static List<ReportedMutant> tried(List<ReportedMutant> mutants) {
    return mutants.stream().filter(mutant -> mutant.fate() != Fate.UNTRIED).toList();
  }

  private Finding judge() {
    if (!asked.changed().isEmpty()) {
      judgeChangedLines();
    }
    if (!asked.tested().isEmpty()) {
      judgeChangedTests();
    }
    Verdict verdict =
        verdicts.contains(Verdict.FAIL)
            ? Verdict.FAIL
            : verdicts.contains(Verdict.NOT_COMPARABLE) ? Verdict.NOT_COMPARABLE : Verdict.PASS;
    return new Finding(
        new Check(CheckName.MUTATION, verdict, String.join("; ", reasons)), violations);
  }

  private void say(Verdict verdict, String reason) {
    verdicts.add(verdict);
    reasons.add(reason);
  }

  // ---- changed lines

  private void judgeChangedLines() {
    List<ReportedMutant> mutants = onChangedLines();
    Tally tally = Tally.of(mutants);
    Tally usual = Tally.of(in(asked.changed(), before));
    if (tally.all() == 0) {
      say(Verdict.NOT_COMPARABLE, "no fault could be put into the changed lines");
      return;
    }
    String reason =
        "of "
            + tally.inWords()
            + " in changed lines; before, of "
            + usual.inWords()
            + " in the same classes";
    if (tally.share() < usual.share()) {
      mutants.stream()
          .filter(mutant -> !mutant.isFound())
          .map(this::survived)
          .forEach(violations::add);
      say(Verdict.FAIL, reason);
    } else {
      boolean comparable = usual.found() > 0 || tally.found() == tally.all();
      say(comparable ? Verdict.PASS : Verdict.NOT_COMPARABLE, reason);
    }
  }

  private List<ReportedMutant> onChangedLines() {
    List<ReportedMutant> found = new ArrayList<>();
    for (SourceClass one : asked.changed()) {
      SortedSet<Integer> lines =
          NewLines.of(
              submission.before().text(one.path()).orElse(""),
              submission.now().text(one.path()).orElse(""));
      in(List.of(one), now).stream()
          .filter(mutant -> lines.contains(mutant.line()))
          .forEach(found::add);
    }
    return found;
  }

  // ---- changed tests

  private void judgeChangedTests() {
    Tally was = Tally.of(in(comparable(), before));
    Tally is = Tally.of(in(comparable(), now));
    List<ReportedMutant> lost = lost();
    if (was.found() == 0) {
      say(
          Verdict.NOT_COMPARABLE,
          "before the change no fault was found in what the changed tests test");
      return;
    }
    String reason =
        "with the changed tests, of %s in what they test; before, of %s"
            .formatted(is.inWords(), was.inWords());
    if (is.share() < was.share()) {
      lost.stream().map(this::survived).forEach(violations::add);
      say(Verdict.FAIL, reason + places(lost));
    } else if (comparable().size() < asked.tested().size()) {
      say(Verdict.NOT_COMPARABLE, reason + "; other code that they test was changed as well");
    } else {
      say(Verdict.PASS, reason + places(lost));
    }
  }

  private String places(List<ReportedMutant> lost) {
    return lost.isEmpty()
        ? ""
        : "; found before and not any more: "
            + Sentences.some(lost.stream().map(this::place).distinct().toList());
  }

  /** The classes whose faults are the same before and now. */
  private List<SourceClass> comparable() {
    return asked.tested().stream().filter(this::isUnchanged).toList();
  }

  private boolean isUnchanged(SourceClass one) {
    Optional<String> text = submission.before().text(one.path());
    return text.isPresent() && text.equals(submission.now().text(one.path()));
  }

  /** Found before, and now not found, or not even made. */
  private List<ReportedMutant> lost() {
    Set<String> found = found(in(comparable(), now));
    Set<String> was = found(in(comparable(), before));
    Set<String> listed = new HashSet<>();
    return in(comparable(), before).stream()
        .filter(mutant -> was.contains(mutant.key()) && !found.contains(mutant.key()))
        .filter(mutant -> listed.add(mutant.key()))
        .toList();
  }

  /** The keys of which every mutant is found; code that is compiled twice has several of one. */
  static Set<String> found(List<ReportedMutant> mutants) {
    Map<String, Boolean> found = new HashMap<>();
    mutants.forEach(mutant -> found.merge(mutant.key(), mutant.isFound(), Boolean::logicalAnd));
    Set<String> keys = new HashSet<>(found.keySet());
    keys.removeIf(key -> !found.getOrDefault(key, false));
    return keys;
  }

  /** Stricter than the check: as many others found do not make up for those that are lost. */
  private MutationWord word() {
    Tally was = Tally.of(in(comparable(), before));
    if (Tally.of(in(comparable(), now)).share() < was.share()) {
      return MutationWord.WEAKER;
    }
    boolean whole = asked.complete() && comparable().size() == asked.tested().size();
    return whole && was.found() > 0 && lost().isEmpty()
        ? MutationWord.AS_STRONG
        : MutationWord.NOT_MEASURED;
  }

  // ---- both

  private static List<ReportedMutant> in(
      Collection<SourceClass> classes, List<ReportedMutant> mutants) {
    return mutants.stream()
        .filter(mutant -> classes.stream().anyMatch(one -> one.holds(mutant.className())))
        .toList();
  }

  private Violation survived(ReportedMutant mutant) {
    return new Violation(
        Category.MUTANT_SURVIVED,
        place(mutant),
        "expected a test that fails with this fault, found none: " + mutant.kind());
  }

  private String place(ReportedMutant mutant) {
    String path =
        asked.classes().stream()
            .filter(one -> one.holds(mutant.className()))
            .map(SourceClass::path)
            .findFirst()
            .orElse(mutant.className());
    return path + ":" + mutant.line();
  }

  /** How many of all faults were found. */
  private record Tally(long found, long all) {
    static Tally of(List<ReportedMutant> mutants) {
      return new Tally(mutants.stream().filter(ReportedMutant::isFound).count(), mutants.size());
    }

    double share() {
      return all == 0 ? 0 : (double) found / all;
    }

    String inWords() {
      return Sentences.many(all, "fault")
          + " "
          + found
          + (found == 1 ? " is found" : " are found")
          + (all == 0 ? "" : " (" + Sentences.percent(found, all, 1) + " %)");
    }
  }
}
