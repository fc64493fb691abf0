package dev.capstan.verification;

import dev.capstan.core.evidence.Check;
import dev.capstan.core.evidence.CheckName;
import dev.capstan.core.evidence.Expectations;
import dev.capstan.core.evidence.Verdict;
import dev.capstan.core.evidence.Violation;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Says what the measurement of a change means against the measurement of its base. Pure: the same
 * measurements always give the same judgement.
 */
public final class Judge {
  /** At most so many violations of one check are listed; its reason has the full count. */
  static final int LISTED = 100;

  private Judge() {}

  /**
   * What the measurements mean.
   *
   * @param checks at most one of each name
   * @param violations at most {@value #LISTED} for each check
   */
  public record Judgement(List<Check> checks, List<Violation> violations) {
    public Judgement {
      checks = List.copyOf(checks);
      violations = List.copyOf(violations);
    }
  }

  /** One check and the violations it found. */
  record Finding(Check check, List<Violation> violations) {
    Finding {
      violations = List.copyOf(violations.subList(0, Math.min(LISTED, violations.size())));
    }

    Finding(Check check) {
      this(check, List.of());
    }
  }

  /**
   * Judges a change.
   *
   * @param baseAgain the base commit measured once more in the sandbox that measured the change, if
   *     there were {@link #suspects}; only what fails there too is believed to be pre-existing
   */
  public static Judgement judge(Submission submission, Optional<Measurement> baseAgain) {
    return judge(submission, baseAgain, Consulted.NOBODY);
  }

  /** The same, where others were asked too. */
  public static Judgement judge(
      Submission submission, Optional<Measurement> baseAgain, Consulted consulted) {
    Measurement base = submission.base();
    Measurement after = submission.after();
    Expectations expectations = submission.expectations();
    JudgeReading reading = JudgeReading.of(submission);
    MutationCheck.Result mutants = MutationCheck.of(submission, consulted.mutation());
    LargeFiles largeFiles = LargeFiles.of(submission);
    DependenciesCheck.Result dependencies = dependencies(submission, consulted.licences());
    List<Finding> measured =
        List.of(
            BuildCheck.of(base, after, baseAgain),
            InventedCases.of(submission, reading)
                .tests(
                    largeFiles.tests(
                        TestsCheck.of(
                            base, after, baseAgain, expectations.minimumTests(), reading))),
            dependencies.asked(JudgeCheck.of(reading, mutants.word())),
            CoverageCheck.of(base, after, expectations.allowedCoverageDrop()),
            made(CheckName.CHANGED_LINES, submission, () -> ChangedLinesCheck.of(submission)),
            mutants.finding(),
            made(CheckName.ANALYSIS, submission, () -> AnalysisCheck.of(submission)));
    List<Finding> ofFiles = ofFiles(submission, consulted, largeFiles, dependencies);
    return judgement(Stream.concat(measured.stream(), ofFiles.stream()).toList());
  }

  /** The checks that read files alone, whatever was measured. */
  static List<Finding> ofFiles(Submission submission, Consulted consulted) {
    return ofFiles(
        submission,
        consulted,
        LargeFiles.of(submission),
        dependencies(submission, consulted.licences()));
  }

  private static List<Finding> ofFiles(
      Submission submission,
      Consulted consulted,
      LargeFiles largeFiles,
      DependenciesCheck.Result dependencies) {
    return List.of(
        ScopeCheck.of(submission, largeFiles),
        made(
            CheckName.SECRETS,
            submission,
            () ->
                largeFiles.secrets(
                    SecretsCheck.of(
                        submission.changes(),
                        submission.before(),
                        submission.now(),
                        consulted.scans()))),
        dependencies.finding());
  }

  static Judgement judgement(List<Finding> findings) {
    return new Judgement(
        findings.stream().map(Finding::check).toList(),
        findings.stream().flatMap(finding -> finding.violations().stream()).toList());
  }

  private static DependenciesCheck.Result dependencies(Submission submission, Licences licences) {
    return isLeftOut(CheckName.DEPENDENCIES, submission)
        ? new DependenciesCheck.Result(leftOut(CheckName.DEPENDENCIES), List.of())
        : DependenciesCheck.of(submission, licences);
  }

  /** A check that policy leaves out is not made. */
  private static Finding made(CheckName name, Submission submission, Supplier<Finding> check) {
    return isLeftOut(name, submission) ? leftOut(name) : check.get();
  }

  private static boolean isLeftOut(CheckName name, Submission submission) {
    return submission.expectations().rules().leftOut().contains(name);
  }

  private static Finding leftOut(CheckName name) {
    return new Finding(new Check(name, Verdict.DID_NOT_RUN, "left out by policy"));
  }

  /**
   * The ids of the cases that passed on the base and fail, err or are missing after the change:
   * worth running again on the base in the same sandbox.
   */
  public static Set<String> suspects(Measurement base, Measurement after) {
    Comparison comparison = Comparison.of(base, after, Optional.empty());
    return Set.copyOf(
        Stream.concat(comparison.failing().stream(), comparison.missing().stream()).toList());
  }
}
