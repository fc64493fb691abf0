package dev.capstan.verification;

import dev.capstan.core.evidence.Check;
import dev.capstan.core.evidence.CheckName;
import dev.capstan.core.evidence.Verdict;
import dev.capstan.verification.Judge.Finding;
import dev.capstan.verification.Judge.Judgement;
import dev.capstan.verification.Measurement.Build;
import dev.capstan.verification.Measurement.Status;
import dev.capstan.verification.Measurement.TestCase;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Judges a change by the tests nearest to it alone, once one of them is known to be broken. It
 * refuses only: whatever it has not seen did not run.
 */
public final class EarlyJudge {
  private EarlyJudge() {}

  /**
   * How much was run.
   *
   * @param files test files that were run
   * @param all test files there are
   */
  public record Look(int files, int all) {
    /** Such as "the 3 nearest of 40 test files". */
    public String inWords() {
      return "the %d nearest of %s".formatted(files, Sentences.many(all, "test file"));
    }
  }

  /**
   * The ids of the cases that passed before and fail now. Cases that were not measured before say
   * nothing here: the project's own run may leave them out.
   */
  public static Set<String> suspects(Measurement base, Measurement near) {
    return isSound(near) ? Judge.suspects(base.only(near), near.only(base)) : Set.of();
  }

  /** Those of them that pass on the commit before, measured again in the same sandbox. */
  public static Set<String> broken(Measurement base, Measurement near, Measurement again) {
    Set<String> passAgain =
        again.tests().stream()
            .filter(test -> test.status() == Status.PASSED)
            .map(TestCase::id)
            .collect(Collectors.toSet());
    return suspects(base, near).stream().filter(passAgain::contains).collect(Collectors.toSet());
  }

  private static boolean isSound(Measurement near) {
    return near.build() instanceof Build.Built && near.problems().isEmpty();
  }

  /**
   * Judges a change whose nearest tests, measured as {@code after}, are {@link #broken}.
   *
   * @throws IllegalArgumentException if none is
   */
  public static Judgement judge(
      Submission submission, Measurement again, Look look, Consulted consulted) {
    Measurement base = submission.base();
    Measurement near = submission.after();
    if (broken(base, near, again).isEmpty()) {
      throw new IllegalArgumentException("no test is known to be broken");
    }
    JudgeReading reading = JudgeReading.of(submission);
    Finding tests = TestsCheck.of(base.only(near), near.only(base), Optional.of(again), 1, reading);
    String rest = "not measured: " + look.inWords() + " were run first, and fail";
    List<Finding> findings =
        List.of(
            didNotRun(CheckName.BUILD, rest),
            saying(tests, "; only " + look.inWords() + " were run, the others DID_NOT_RUN"),
            JudgeCheck.of(reading, MutationWord.NOT_MEASURED),
            didNotRun(CheckName.COVERAGE, rest),
            didNotRun(CheckName.CHANGED_LINES, rest),
            didNotRun(CheckName.ANALYSIS, rest));
    List<Finding> all = new ArrayList<>(findings);
    all.addAll(Judge.ofFiles(submission, consulted));
    return Judge.judgement(all);
  }

  private static Finding didNotRun(CheckName name, String reason) {
    return new Finding(new Check(name, Verdict.DID_NOT_RUN, reason));
  }

  private static Finding saying(Finding tests, String more) {
    Check check = tests.check();
    return new Finding(
        new Check(check.name(), check.verdict(), check.reason() + more), tests.violations());
  }
}
