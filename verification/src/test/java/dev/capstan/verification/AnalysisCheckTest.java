package dev.capstan.verification;

import static org.assertj.core.api.Assertions.assertThat;

import dev.capstan.core.evidence.Expectations;
import dev.capstan.core.evidence.Verdict;
import dev.capstan.core.evidence.Violation;
import dev.capstan.core.plan.Scope;
import dev.capstan.verification.Judge.Finding;
import dev.capstan.verification.Measurement.Analysis;
import dev.capstan.verification.Measurement.Build;
import dev.capstan.verification.Measurement.Coverage;
import dev.capstan.verification.Measurement.Issue;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Issues before and after, by example. */
final class AnalysisCheckTest {
  private static final Issue OLD = new Issue("a.c", 1, true, "T", "wrong in line 1");

  @Test
  void an_issue_that_moved_with_its_line_is_not_new() {
    Finding finding =
        judge(
            List.of(OLD),
            Files.of("a.c", "x = 1;\n"),
            List.of(new Issue("a.c", 3, true, "T", "wrong in line 3")),
            Files.of("a.c", "\n\n  x = 1;\n"));
    assertThat(finding.check().verdict()).isEqualTo(Verdict.PASS);
    assertThat(finding.check().reason())
        .isEqualTo("1 issue before, 1 now; 0 new, of which 0 errors");
  }

  @Test
  void an_issue_that_moved_with_its_file_is_not_new() {
    Issue moved = new Issue("b.c", 1, true, "T", "wrong in line 1");
    Files before = Files.of("a.c", "x = 1;\n");
    Files now = Files.of("b.c", "x = 1;\n");
    assertThat(judge(List.of(OLD), before, List.of(moved), now).check().verdict())
        .isEqualTo(Verdict.PASS);
    Files both = Files.of("a.c", "x = 1;\n", "b.c", "x = 1;\n");
    assertThat(judge(List.of(OLD), before, List.of(OLD, moved), both).check().verdict())
        .isEqualTo(Verdict.FAIL);
  }

  @Test
  void a_new_error_fails_and_a_new_warning_is_counted() {
    Files files = Files.of("a.c", "x = 1;\ny = 2;\n");
    Issue error = new Issue("a.c", 2, true, "T", "wrong in line 2");
    Issue warning = new Issue("a.c", 2, false, "W", "odd");
    Finding finding = judge(List.of(OLD), files, List.of(OLD, error, warning), files);
    assertThat(finding.check().verdict()).isEqualTo(Verdict.FAIL);
    assertThat(finding.violations()).extracting(Violation::subject).containsExactly("a.c:2");
    Finding lesser = judge(List.of(OLD), files, List.of(OLD, warning), files);
    assertThat(lesser.check().verdict()).isEqualTo(Verdict.PASS);
    assertThat(lesser.check().reason()).contains("1 new, of which 0 errors");
  }

  @Test
  void what_was_not_measured_passes_on_no_side() {
    Files files = Files.of();
    assertThat(
            judge(new Analysis.Measured(List.of()), files, Analysis.NONE, files).check().verdict())
        .isEqualTo(Verdict.DID_NOT_RUN);
    assertThat(
            judge(Analysis.NONE, files, new Analysis.Measured(List.of()), files).check().verdict())
        .isEqualTo(Verdict.NOT_COMPARABLE);
  }

  private static Finding judge(List<Issue> before, Files old, List<Issue> now, Files files) {
    return judge(new Analysis.Measured(before), old, new Analysis.Measured(now), files);
  }

  private static Finding judge(Analysis before, Files old, Analysis now, Files files) {
    return AnalysisCheck.of(
        new Submission(
            measured(before),
            measured(now),
            List.of(),
            Scope.EVERYTHING,
            Expectations.DEFAULT,
            old,
            files));
  }

  private static Measurement measured(Analysis analysis) {
    return new Measurement(
        new Build.Built(0),
        List.of(),
        List.of(),
        new Coverage.NotMeasured("none"),
        analysis,
        List.of(),
        Duration.ZERO);
  }
}
