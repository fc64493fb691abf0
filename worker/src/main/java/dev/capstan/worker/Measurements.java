package dev.capstan.worker;

import dev.capstan.verification.Measurement;
import dev.capstan.verification.Measurement.Build;
import dev.capstan.verification.Measurement.Coverage;
import java.time.Duration;
import java.util.List;

/** Measurements that were not taken. */
final class Measurements {
  private Measurements() {}

  static Measurement notComparable(String reason) {
    return notRun(reason, Duration.ZERO);
  }

  static Measurement notRun(String reason, Duration took) {
    return new Measurement(
        new Build.NotRun(reason), List.of(), List.of(), new Coverage.NotMeasured(reason), took);
  }
}
