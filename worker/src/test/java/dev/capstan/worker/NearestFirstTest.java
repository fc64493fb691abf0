package dev.capstan.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.capstan.verification.Measurement;
import dev.capstan.verification.Measurement.Build;
import dev.capstan.verification.Measurement.Coverage;
import dev.capstan.verification.Measurement.Status;
import dev.capstan.verification.Measurement.TestCase;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

final class NearestFirstTest {
  private static Measurement measured(int seconds, int ofTests) {
    TestCase test = new TestCase("a", Status.PASSED, "", Duration.ofSeconds(ofTests));
    return new Measurement(
        new Build.Built(0),
        List.of(test),
        List.of(),
        new Coverage.NotMeasured("none"),
        Duration.ofSeconds(seconds));
  }

  private static int most(Measurement before, int all) {
    return NearestFirst.WHEN_IT_PAYS.most(before, all);
  }

  @Test
  void at_most_a_tenth_of_the_time_is_added() {
    assertThat(most(measured(200, 200), 60)).isEqualTo(3);
    assertThat(most(measured(300, 280), 90)).isEqualTo(3);
    assertThat(most(measured(50, 42), 60)).isNegative();
  }

  @Test
  void a_build_that_takes_a_tenth_or_more_leaves_no_time() {
    assertThat(most(measured(100, 90), 60)).isZero();
    assertThat(most(measured(90, 30), 60)).isNegative();
  }

  @Test
  void short_suites_and_those_whose_time_is_not_known_are_run_at_once() {
    assertThat(most(measured(20, 19), 60)).isZero();
    assertThat(most(measured(600, 0), 60)).isZero();
    assertThat(most(measured(80, 80), 60)).isZero();
  }

  @Test
  void tests_that_ran_side_by_side_took_no_longer_than_all_together() {
    assertThat(most(measured(200, 800), 60)).isEqualTo(3);
  }

  @Test
  void it_can_be_had_always_and_never() {
    assertThat(NearestFirst.ALWAYS.most(measured(1, 0), 9)).isEqualTo(3);
    assertThat(NearestFirst.NEVER.most(measured(90, 90), 60)).isZero();
  }
}
