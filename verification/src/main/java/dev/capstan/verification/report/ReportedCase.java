package dev.capstan.verification.report;

import java.time.Duration;

/**
 * One test case as a report has it; names may repeat and may hold paths of the machine.
 *
 * @param group class or suites, empty if the report has none
 * @param message why it did not pass; else empty
 */
public record ReportedCase(
    String group, String name, Outcome outcome, String message, Duration took) {
  /** How it ended. */
  public enum Outcome {
    PASSED,
    FAILED,
    ERROR,
    SKIPPED
  }

  ReportedCase within(String outer) {
    String inner = group.isEmpty() ? outer : outer + " > " + group;
    return new ReportedCase(inner, name, outcome, message, took);
  }

  /** {@code seconds} as reports write them; anything else than a sensible number is zero. */
  static Duration seconds(String text) {
    try {
      return millis(Double.parseDouble(text.replace(",", "")) * 1000);
    } catch (NumberFormatException _) {
      return Duration.ZERO;
    }
  }

  /** Not a number, negative and endless are zero. */
  static Duration millis(double millis) {
    return millis > 0 && millis < Integer.MAX_VALUE
        ? Duration.ofMillis(Math.round(millis))
        : Duration.ZERO;
  }
}
