package dev.capstan.core.evidence;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** How likely it is that a person would accept the change; never a reason to open a gate. */
public sealed interface Confidence {
  /** Nothing was computed. */
  record NotScored(String reason) implements Confidence {}

  /**
   * A score with its parts.
   *
   * @param hundredths of 1, after calibration if there is any
   * @param raw hundredths of 1: the mean of the parts by their weights
   */
  record Scored(int hundredths, int raw, List<Part> parts, Calibration calibration)
      implements Confidence {
    public Scored {
      parts = List.copyOf(parts);
      if (hundredths < 0 || hundredths > 100 || raw < 0 || raw > 100) {
        throw new IllegalArgumentException("confidence is from 0 to 100 hundredths");
      }
    }
  }

  /**
   * What the score is made of.
   *
   * @param hundredths of 1
   * @param weight against the other parts; 0 if nothing is known
   * @param reason one sentence with the figures
   */
  record Part(String name, int hundredths, int weight, String reason) {}

  /** Whether scores of this kind were compared with what people said. */
  sealed interface Calibration {
    /** Too few outcomes to say. */
    record Uncalibrated(int outcomes, int needed) implements Calibration {}

    /**
     * Compared with outcomes that the scale was not made from.
     *
     * @param brier mean square error on them, in ten-thousandths; 0 is perfect, 2500 is a coin's
     * @param heldOut how many they are
     * @param outcomes those the scale was made from, and they
     */
    record Calibrated(int brier, int heldOut, int outcomes) implements Calibration {}
  }

  /** One sentence for people. */
  default String inWords() {
    return switch (this) {
      case NotScored(var reason) -> "not scored: " + reason;
      case Scored(var hundredths, _, var parts, var calibration) ->
          decimal(hundredths)
              + ", "
              + inWords(calibration)
              + ": "
              + parts.stream()
                  .map(p ->
                      p.name() + (p.weight() == 0 ? " unknown" : " " + decimal(p.hundredths())))
                  .collect(Collectors.joining(", "));
    };
  }

  private static String inWords(Calibration calibration) {
    return switch (calibration) {
      case Calibration.Uncalibrated(var outcomes, var needed) ->
          "uncalibrated (" + outcomes + " of " + needed + " outcomes)";
      case Calibration.Calibrated(var brier, var heldOut, _) ->
          String.format(
              Locale.ROOT, "Brier score %.3f on %d held-out outcomes", brier / 10_000.0, heldOut);
    };
  }

  /** Hundredths as people read them. */
  static String decimal(int hundredths) {
    return String.format(Locale.ROOT, "%.2f", hundredths / 100.0);
  }
}
