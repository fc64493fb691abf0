package dev.capstan.worker;

import dev.capstan.control.LeasedTask;
import dev.capstan.core.CommitId;
import dev.capstan.core.evidence.Check;
import dev.capstan.core.evidence.CheckName;
import dev.capstan.core.evidence.Evidence;
import dev.capstan.core.evidence.Expectations;
import dev.capstan.core.evidence.Rules;
import dev.capstan.core.evidence.Verdict;
import dev.capstan.core.evidence.Violation;
import dev.capstan.verification.confidence.Score;
import dev.capstan.workspace.git.GitStore.FileChange;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** What is said of evidence beside its checks: the size of the change, the confidence in it. */
final class Appraisal {
  private final Workshop workshop;
  private final LeasedTask leased;

  Appraisal(Workshop workshop, LeasedTask leased) {
    this.workshop = workshop;
    this.leased = leased;
  }

  /**
   * The same evidence with all of it.
   *
   * @param base what the pull request is compared with
   * @param kind of the step, and the engine that made the change; both empty for the whole branch
   */
  Evidence of(
      Evidence measured, CommitId base, Expectations expectations, String kind, String engine) {
    Evidence sized = sized(measured, base, expectations.rules().largest());
    return sized
        .scored(Score.of(sized.checks(), kind, engine, workshop.outcomes().of(leased.project())))
        .ignoring(expectations.rules().responses().ignored(sized.violations()));
  }

  /** A change that would make the pull request larger than policy allows is out of scope. */
  private Evidence sized(Evidence evidence, CommitId base, Rules.Size largest) {
    if (largest.equals(Rules.Size.UNLIMITED)) {
      return evidence;
    }
    List<FileChange> changes = workshop.git().changes(leased.project(), base, evidence.commit());
    int lines = changes.stream().mapToInt(c -> c.linesAdded() + c.linesDeleted()).sum();
    return changes.size() <= largest.files() && lines <= largest.lines()
        ? evidence
        : tooLarge(evidence, changes.size(), lines, largest);
  }

  static Evidence tooLarge(Evidence evidence, int files, int lines, Rules.Size largest) {
    String size =
        "the pull request would change %d files and %d lines; policy allows %d files and %d lines"
            .formatted(files, lines, largest.files(), largest.lines());
    List<Check> checks = new ArrayList<>();
    for (Check check : evidence.checks()) {
      checks.add(
          check.name() == CheckName.SCOPE
              ? new Check(CheckName.SCOPE, Verdict.FAIL, check.reason() + "; " + size)
              : check);
    }
    List<Violation> violations =
        Stream.concat(
                evidence.violations().stream(),
                Stream.of(new Violation(Violation.Category.LIMIT, "pull request", size)))
            .toList();
    return new Evidence(evidence.commit(), checks, violations, evidence.report());
  }
}
