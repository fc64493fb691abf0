package dev.capstan.verification;

import dev.capstan.verification.Measurement.Build;
import dev.capstan.verification.Measurement.Coverage;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.List;

/** Parts of the sentences that a reviewer reads. */
final class Sentences {
  private static final int SHOWN = 3;
  private static final int LISTED = 10;

  private Sentences() {}

  static String many(long count, String noun) {
    return count + " " + noun + (count == 1 ? "" : "s");
  }

  static String build(Build build) {
    return switch (build) {
      case Build.Built(int code, _) when code == 0 -> "built";
      case Build.Built(int code, var errors) ->
          "built, exit code " + code + (errors.isEmpty() ? "" : " (" + some(errors) + ")");
      case Build.Broken(String reason, _) -> "build broken (" + reason + ")";
      case Build.NotRun(String reason) -> "not run (" + reason + ")";
      case Build.TimedOut(Duration limit) -> "stopped after " + seconds(limit);
    };
  }

  static String coverage(Coverage coverage) {
    return switch (coverage) {
      case Coverage.Measured measured when measured.lines() > 0 ->
          "line coverage " + percent(measured.linesCovered(), measured.lines(), 1) + " %";
      case Coverage.Measured _ -> "coverage of no lines";
      case Coverage.NotMeasured(String reason) -> "coverage not measured (" + reason + ")";
    };
  }

  static String percent(long part, long whole, int decimals) {
    return BigDecimal.valueOf(part)
        .multiply(BigDecimal.valueOf(100))
        .divide(BigDecimal.valueOf(whole), decimals, RoundingMode.HALF_EVEN)
        .toPlainString();
  }

  static String seconds(Duration duration) {
    return duration.toSeconds() + " s";
  }

  /** The first ten, each a phrase of its own, and how many more there are. */
  static String listed(List<String> all) {
    String shown = String.join("; ", all.subList(0, Math.min(LISTED, all.size())));
    return all.size() <= LISTED ? shown : shown + "; and " + (all.size() - LISTED) + " more";
  }

  /** The first few, and how many more there are. */
  static String some(List<String> all) {
    String shown = String.join(", ", all.subList(0, Math.min(SHOWN, all.size())));
    return all.size() <= SHOWN ? shown : shown + " and " + (all.size() - SHOWN) + " more";
  }
}
