package dev.capstan.verification;

import dev.capstan.core.evidence.Check;
import dev.capstan.core.evidence.CheckName;
import dev.capstan.core.evidence.Verdict;
import dev.capstan.core.evidence.Violation;
import dev.capstan.core.evidence.Violation.Category;
import dev.capstan.verification.Judge.Finding;
import dev.capstan.verification.Measurement.Build;
import dev.capstan.verification.Measurement.Coverage;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;

/** Whether line coverage fell further than allowed. */
final class CoverageCheck {
  private static final BigInteger HUNDREDTHS = BigInteger.valueOf(10_000);

  private CoverageCheck() {}

  static Finding of(Measurement base, Measurement after, int allowedDrop) {
    if (!(after.build() instanceof Build.Built)) {
      return finding(
          Verdict.DID_NOT_RUN, "coverage is incomplete: " + Sentences.build(after.build()));
    }
    if (!(after.coverage() instanceof Coverage.Measured now) || now.lines() == 0) {
      return finding(Verdict.DID_NOT_RUN, Sentences.coverage(after.coverage()));
    }
    if (!(base.coverage() instanceof Coverage.Measured before)
        || before.lines() == 0
        || !(base.build() instanceof Build.Built)) {
      return finding(
          Verdict.NOT_COMPARABLE,
          "%s now; before: %s, %s"
              .formatted(
                  Sentences.coverage(now),
                  Sentences.build(base.build()),
                  Sentences.coverage(base.coverage())));
    }
    return compared(before, now, allowedDrop);
  }

  private static Finding compared(Coverage.Measured before, Coverage.Measured now, int allowed) {
    String reason =
        "line coverage %s %% before, %s %% after; may fall by %s points"
            .formatted(percent(before), percent(now), BigDecimal.valueOf(allowed, 2));
    if (keeps(before, now, allowed)) {
      return finding(Verdict.PASS, reason);
    }
    Violation drop = new Violation(Category.COVERAGE_DROP, "line coverage", reason);
    Check check = new Check(CheckName.COVERAGE, Verdict.FAIL, reason);
    return new Finding(check, List.of(drop));
  }

  /** {@code now + allowed >= before}, multiplied by both totals so that nothing is rounded. */
  private static boolean keeps(Coverage.Measured before, Coverage.Measured now, int allowed) {
    BigInteger linesBefore = BigInteger.valueOf(before.lines());
    BigInteger linesNow = BigInteger.valueOf(now.lines());
    BigInteger sharedNow =
        BigInteger.valueOf(now.linesCovered()).multiply(HUNDREDTHS).multiply(linesBefore);
    BigInteger sharedBefore =
        BigInteger.valueOf(before.linesCovered()).multiply(HUNDREDTHS).multiply(linesNow);
    BigInteger slack = BigInteger.valueOf(allowed).multiply(linesBefore).multiply(linesNow);
    return sharedNow.add(slack).compareTo(sharedBefore) >= 0;
  }

  private static String percent(Coverage.Measured measured) {
    return Sentences.percent(measured.linesCovered(), measured.lines(), 2);
  }

  private static Finding finding(Verdict verdict, String reason) {
    return new Finding(new Check(CheckName.COVERAGE, verdict, reason));
  }
}
