package dev.capstan.verification;

import static org.assertj.core.api.Assertions.assertThat;

import dev.capstan.core.evidence.Verdict;
import dev.capstan.core.evidence.Violation;
import dev.capstan.verification.Measurement.Build;
import dev.capstan.verification.Measurement.Coverage;
import dev.capstan.verification.Measurement.Status;
import dev.capstan.verification.Measurement.TestCase;
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
