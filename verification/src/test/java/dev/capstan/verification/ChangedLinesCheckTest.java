package dev.capstan.verification;

import static org.assertj.core.api.Assertions.assertThat;

import dev.capstan.core.evidence.Expectations;
import dev.capstan.core.evidence.Rules;
import dev.capstan.core.evidence.Verdict;
import dev.capstan.core.evidence.Violation;
import dev.capstan.core.plan.Scope;
import dev.capstan.verification.Judge.Finding;
import dev.capstan.verification.Measurement.Build;
import dev.capstan.verification.Measurement.Coverage;
import dev.capstan.verification.Measurement.FileCoverage;
import dev.capstan.verification.Submission.Changed;
import dev.capstan.verification.Submission.Changed.Kind;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Line 1 is there before; 2 to 5 are new, of which 2 and 3 are executed and 5 is not. */
final class ChangedLinesCheckTest {
  private static final Coverage COVERAGE =
      new Coverage.Measured(
          List.of(new FileCoverage("src/a.c", 2, 2, 0, 0, List.of(1, 5), List.of(2, 3))));

  @Test
  void the_share_of_new_lines_that_are_executed_is_compared_with_what_is_asked() {
    assertThat(judge(6_000, COVERAGE, "src/a.c").check().verdict()).isEqualTo(Verdict.PASS);
    assertThat(judge(6_666, COVERAGE, "src/a.c").check().verdict()).isEqualTo(Verdict.PASS);
    Finding finding = judge(6_667, COVERAGE, "src/a.c");
    assertThat(finding.check().verdict()).isEqualTo(Verdict.FAIL);
    assertThat(finding.check().reason())
        .isEqualTo(
            "2 of 3 changed lines executed by tests (66.7 %), at least 66.7 % are asked for;"
                + " not executed: src/a.c:5");
    assertThat(finding.violations()).extracting(Violation::subject).containsExactly("src/a.c:5");
  }

  @Test
  void a_change_of_nothing_that_is_measured_passes() {
    assertThat(judge(8_000, COVERAGE, "README.md", "tests/b.c").check().verdict())
        .isEqualTo(Verdict.PASS);
  }

  @Test
  void a_source_file_that_the_report_does_not_name_did_not_run() {
    assertThat(judge(0, COVERAGE, "src/b.c").check().verdict()).isEqualTo(Verdict.DID_NOT_RUN);
    Finding finding = judge(5_000, COVERAGE, "src/a.c", "src/b.c");
    assertThat(finding.check().verdict()).isEqualTo(Verdict.DID_NOT_RUN);
    assertThat(finding.check().reason()).endsWith("the coverage reports say nothing of src/b.c");
    assertThat(judge(0, COVERAGE, "src/a.c", "src/b.c").check().verdict()).isEqualTo(Verdict.PASS);
  }

  @Test
  void without_coverage_it_did_not_run() {
    assertThat(judge(0, new Coverage.NotMeasured("no report"), "src/a.c").check().verdict())
        .isEqualTo(Verdict.DID_NOT_RUN);
    assertThat(judge(0, new Coverage.Measured(List.of()), "src/a.c").check().verdict())
        .isEqualTo(Verdict.DID_NOT_RUN);
  }

  private static Finding judge(int asked, Coverage coverage, String... paths) {
    Measurement after =
        new Measurement(new Build.Built(0), List.of(), List.of(), coverage, Duration.ZERO);
    return ChangedLinesCheck.of(
        new Submission(
            after,
            after,
            Stream.of(paths).map(path -> new Changed(path, Kind.MODIFIED, false, false)).toList(),
            Scope.EVERYTHING,
            Expectations.DEFAULT.withRules(new Rules(List.of(), asked, 80, List.of(), Set.of())),
            Files.of("src/a.c", "one\n"),
            Files.of("src/a.c", "one\ntwo\nthree\nfour\nfive\n")));
  }
}
