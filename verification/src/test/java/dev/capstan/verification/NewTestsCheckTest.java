package dev.capstan.verification;

import static org.assertj.core.api.Assertions.assertThat;

import dev.capstan.core.evidence.Verdict;
import dev.capstan.core.evidence.Violation;
import dev.capstan.verification.Measurement.Build;
import dev.capstan.verification.Measurement.Coverage;
import dev.capstan.verification.Measurement.Status;
import dev.capstan.verification.Measurement.TestCase;
import dev.capstan.verification.report.ReportedMutant;
import dev.capstan.verification.report.ReportedMutant.Fate;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class NewTestsCheckTest {
  @Test
  void new_cases_are_those_that_pass_and_were_not_there() {
    assertThat(
            NewTestsCheck.newCases(
                measured(test("old", Status.PASSED)),
                measured(
                    test("old", Status.PASSED),
                    test("new", Status.PASSED),
                    test("broken", Status.FAILED))))
        .containsExactly("new");
  }

  @Test
  void a_new_case_that_fails_without_the_change_shows_it() {
    NewTestsCheck.Result result =
        NewTestsCheck.of(
            Set.of("one", "two"), measured(test("one", Status.FAILED), test("two", Status.PASSED)));

    assertThat(result.check().verdict()).isEqualTo(Verdict.PASS);
    assertThat(result.check().reason()).isEqualTo("1 of 2 new cases fail without the change");
  }

  @Test
  void so_does_one_that_cannot_even_be_built_there() {
    assertThat(NewTestsCheck.of(Set.of("one"), measured()).check().verdict())
        .isEqualTo(Verdict.PASS);
  }

  @Test
  void where_all_pass_without_the_change_each_is_named() {
    NewTestsCheck.Result result =
        NewTestsCheck.of(Set.of("one"), measured(test("one", Status.PASSED)));

    assertThat(result.check().verdict()).isEqualTo(Verdict.NOT_COMPARABLE);
    assertThat(result.violations())
        .extracting(Violation::category)
        .containsExactly(Violation.Category.TEST_SHOWS_NOTHING);
  }

  @Test
  void a_fault_that_no_test_found_before_speaks_for_them() {
    NewTestsCheck.Result silent =
        NewTestsCheck.of(Set.of("one"), measured(test("one", Status.PASSED)));

    NewTestsCheck.Result more =
        NewTestsCheck.byFaults(
            silent,
            faults(mutant(6, Fate.SURVIVED), mutant(10, Fate.FOUND)),
            faults(mutant(6, Fate.FOUND), mutant(10, Fate.FOUND)));
    assertThat(more.isSettled()).isTrue();
    assertThat(more.violations()).isEmpty();
    assertThat(more.check().reason())
        .isEqualTo(
            "0 of 1 new cases fail without the change; they find 1 fault that no test found before");

    MutationRun same = faults(mutant(6, Fate.SURVIVED), mutant(10, Fate.FOUND));
    NewTestsCheck.Result none = NewTestsCheck.byFaults(silent, same, same);
    assertThat(none.check().verdict()).isEqualTo(Verdict.NOT_COMPARABLE);
    assertThat(none.check().reason()).endsWith("they find no fault that no test found before");
    assertThat(none.violations()).isEqualTo(silent.violations());
  }

  @Test
  void where_faults_could_not_be_tried_it_is_said_why() {
    NewTestsCheck.Result silent =
        NewTestsCheck.of(Set.of("one"), measured(test("one", Status.PASSED)));

    NewTestsCheck.Result result =
        NewTestsCheck.byFaults(silent, new MutationRun.NotMeasured("a test fails"), faults());

    assertThat(result.check().verdict()).isEqualTo(Verdict.NOT_COMPARABLE);
    assertThat(result.check().reason()).endsWith("; faults were not tried: a test fails");
  }

  private static MutationRun faults(ReportedMutant... mutants) {
    return new MutationRun.Measured(List.of(mutants));
  }

  private static ReportedMutant mutant(int line, Fate fate) {
    return new ReportedMutant("shop.Basket", "total(II)I", line, "changed boundary", "1", fate);
  }

  private static TestCase test(String id, Status status) {
    return new TestCase(id, status, "", Duration.ZERO);
  }

  private static Measurement measured(TestCase... tests) {
    return new Measurement(
        new Build.Built(0),
        List.of(tests),
        List.of(),
        new Coverage.NotMeasured("not asked"),
        Duration.ZERO);
  }
}
