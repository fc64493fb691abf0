package dev.capstan.verification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.capstan.verification.Measurement.Analysis;
import dev.capstan.verification.Measurement.Build;
import dev.capstan.verification.Measurement.Coverage;
import dev.capstan.verification.Measurement.FileCoverage;
import dev.capstan.verification.Measurement.Issue;
import dev.capstan.verification.Measurement.Status;
import dev.capstan.verification.Measurement.TestCase;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The stored form of a measurement. */
final class MeasurementCodecTest {
  private static final Measurement FULL =
      new Measurement(
          new Build.Built(1),
          List.of(
              new TestCase("a > b", Status.PASSED, "", Duration.ofMillis(3)),
              new TestCase("a > c", Status.ERROR, "boom", Duration.ZERO)),
          List.of("x.xml: broken"),
          new Coverage.Measured(
              List.of(new FileCoverage("a.c", 3, 1, 1, 2, List.of(7), List.of(1, 2, 9)))),
          Duration.ofSeconds(5));

  private static final String GOLDEN =
      """
      {"version":1,"build":{"state":"built","exitCode":1},"tests":[\
      {"id":"a > b","status":"passed","message":"","tookMillis":3},\
      {"id":"a > c","status":"error","message":"boom","tookMillis":0}],\
      "problems":["x.xml: broken"],"coverage":{"files":[{"path":"a.c","linesCovered":3,\
      "linesMissed":1,"branchesCovered":1,"branchesMissed":2,"missedLines":"7",\
      "coveredLines":"1-2,9"}]},"tookMillis":5000}\
      """;

  @Test
  void version_1_is_written_and_read_as_ever() {
    assertThat(MeasurementCodec.write(FULL)).isEqualTo(GOLDEN);
    assertThat(MeasurementCodec.read(GOLDEN)).isEqualTo(FULL);
  }

  @Test
  void why_a_build_ended_badly_comes_back_and_may_be_missing() {
    Measurement measurement =
        new Measurement(
            new Build.Built(1, List.of("no javadoc")),
            List.of(),
            List.of(),
            FULL.coverage(),
            FULL.took());

    assertThat(MeasurementCodec.read(MeasurementCodec.write(measurement))).isEqualTo(measurement);
    assertThat(MeasurementCodec.read(GOLDEN).build()).isEqualTo(new Build.Built(1));
  }

  @Test
  void what_analysis_found_and_what_was_flaky_comes_back_and_may_be_missing() {
    for (Analysis analysis :
        List.of(
            new Analysis.NotMeasured("broken"),
            new Analysis.Measured(List.of(new Issue("a.c", 3, true, "T", "wrong"))))) {
      Measurement measurement =
          new Measurement(
              FULL.build(),
              FULL.tests(),
              FULL.problems(),
              FULL.coverage(),
              analysis,
              List.of("a > b"),
              FULL.took());
      assertThat(MeasurementCodec.read(MeasurementCodec.write(measurement))).isEqualTo(measurement);
    }
    assertThat(MeasurementCodec.read(GOLDEN).analysis()).isEqualTo(Analysis.NONE);
  }

  static List<Build> builds() {
    return List.of(
        new Build.Built(0),
        new Build.Broken("no", List.of("a:1: b")),
        new Build.NotRun("why"),
        new Build.TimedOut(Duration.ofMinutes(10)));
  }

  @ParameterizedTest
  @MethodSource("builds")
  void every_build_comes_back(Build build) {
    Measurement measurement =
        new Measurement(
            build, List.of(), List.of(), new Coverage.NotMeasured("none"), Duration.ZERO);
    assertThat(MeasurementCodec.read(MeasurementCodec.write(measurement))).isEqualTo(measurement);
  }

  @Test
  void an_unknown_version_is_refused() {
    assertThatThrownBy(() -> MeasurementCodec.read("{\"version\":2}"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("a measurement of version 2; this release reads version 1");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{", "{}", "{\"version\":1}", "[]"})
  void what_is_no_measurement_is_refused(String text) {
    assertThatThrownBy(() -> MeasurementCodec.read(text))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void the_summary_is_one_sentence() {
    assertThat(FULL.summary())
        .isEqualTo(
            "built, exit code 1; 2 tests: 1 passed, 1 in error, 1 unreadable report;"
                + " line coverage 75.0 %");
  }
}
