package dev.capstan.verification.confidence;

import static org.assertj.core.api.Assertions.assertThat;

import dev.capstan.core.evidence.Check;
import dev.capstan.core.evidence.CheckName;
import dev.capstan.core.evidence.Confidence;
import dev.capstan.core.evidence.Confidence.Calibration;
import dev.capstan.core.evidence.Outcome;
import dev.capstan.core.evidence.Verdict;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/** A score follows from what was measured and from what people said, and says which. */
final class ScoreTest {
  private static final List<Check> PASSING =
      List.of(
          check(CheckName.BUILD, Verdict.PASS),
          check(CheckName.TESTS, Verdict.PASS),
          check(CheckName.SCOPE, Verdict.PASS));

  private static Check check(CheckName name, Verdict verdict) {
    return new Check(name, verdict, "measured");
  }

  private static Confidence.Scored score(List<Check> checks, List<Outcome> outcomes) {
    return (Confidence.Scored) Score.of(checks, "refactor", "command", outcomes);
  }

  private static List<Outcome> outcomes(int count, int raw, boolean accepted) {
    return Collections.nCopies(count, new Outcome("refactor", "command", raw, accepted));
  }

  @Test
  void tests_that_pass_without_coverage_are_enough_for_the_usual_policy() {
    assertThat(score(PASSING, List.of()).hundredths()).isEqualTo(88);
  }

  @Test
  void everything_measured_and_passed_is_certain() {
    List<Check> checks = new ArrayList<>(PASSING);
    checks.add(check(CheckName.COVERAGE, Verdict.PASS));
    assertThat(score(checks, List.of()).hundredths()).isEqualTo(100);
  }

  @Test
  void tests_that_cannot_be_compared_leave_a_person_to_decide() {
    List<Check> checks =
        List.of(
            check(CheckName.BUILD, Verdict.PASS),
            check(CheckName.TESTS, Verdict.NOT_COMPARABLE),
            check(CheckName.SCOPE, Verdict.PASS));
    assertThat(score(checks, List.of()).hundredths()).isLessThan(80);
  }

  @Test
  void a_tool_that_was_not_there_speaks_neither_for_nor_against() {
    List<Check> checks = new ArrayList<>(PASSING);
    checks.add(check(CheckName.MUTATION, Verdict.DID_NOT_RUN));
    checks.add(check(CheckName.ANALYSIS, Verdict.DID_NOT_RUN));
    assertThat(score(checks, List.of()).raw()).isEqualTo(score(PASSING, List.of()).raw());
  }

  @Test
  void what_people_rejected_before_is_trusted_less() {
    Confidence.Scored doubted = score(PASSING, outcomes(6, 88, false));
    assertThat(doubted.hundredths()).isLessThan(80);
    assertThat(doubted.parts().get(3).reason())
        .isEqualTo("people accepted 0 of 6 changes of this kind and engine");
  }

  @Test
  void what_people_said_of_other_kinds_does_not_count_for_this_one() {
    List<Outcome> others =
        List.of(
            new Outcome("upgrade", "command", 88, false),
            new Outcome("refactor", "agent", 88, false));
    assertThat(score(PASSING, others).raw()).isEqualTo(88);
  }

  @Test
  void with_few_outcomes_it_says_that_it_is_not_calibrated() {
    Confidence.Scored few = score(PASSING, outcomes(49, 88, true));
    assertThat(few.calibration()).isEqualTo(new Calibration.Uncalibrated(49, 50));
    assertThat(few.inWords()).contains("uncalibrated (49 of 50 outcomes)");
  }

  @Test
  void outcomes_without_a_score_calibrate_nothing() {
    assertThat(score(PASSING, outcomes(60, -1, true)).calibration())
        .isEqualTo(new Calibration.Uncalibrated(0, 50));
  }

  @Test
  void a_score_that_promised_too_much_is_brought_down_to_what_people_said() {
    List<Outcome> mixed =
        IntStream.range(0, 90)
            .mapToObj(i -> new Outcome("other", "command", 88, i % 3 == 0))
            .toList();
    Confidence.Scored scored = score(PASSING, mixed);
    assertThat(scored.raw()).isEqualTo(88);
    assertThat(scored.hundredths()).isBetween(30, 37);
    assertThat(scored.calibration()).isInstanceOf(Calibration.Calibrated.class);
    assertThat(((Calibration.Calibrated) scored.calibration()).heldOut()).isEqualTo(30);
    assertThat(((Calibration.Calibrated) scored.calibration()).brier()).isBetween(2_100, 2_400);
  }

  @Test
  void a_scale_that_does_not_hold_on_newer_outcomes_is_not_used() {
    List<Outcome> turned = new ArrayList<>(outcomes(60, 88, false));
    turned.addAll(outcomes(30, 88, true));
    Confidence.Scored scored = (Confidence.Scored) Score.of(PASSING, "new", "command", turned);
    assertThat(scored.hundredths()).isEqualTo(scored.raw());
  }

  @Property
  void the_score_stays_between_0_and_1_and_never_falls_with_the_raw_score(
      @ForAll List<@IntRange(min = 0, max = 100) Integer> raws, @ForAll List<Boolean> accepted) {
    List<Outcome> outcomes = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      int raw = raws.isEmpty() ? i : raws.get(i % raws.size());
      boolean taken = accepted.isEmpty() ? i % 2 == 0 : accepted.get(i % accepted.size());
      outcomes.add(new Outcome("refactor", "command", raw, taken));
    }
    Scale scale = Scale.of(outcomes);
    int before = 0;
    for (int raw = 0; raw <= 100; raw++) {
      assertThat(scale.at(raw)).isBetween(before, 100);
      before = scale.at(raw);
    }
  }
}
