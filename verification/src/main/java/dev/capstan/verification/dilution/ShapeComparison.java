package dev.capstan.verification.dilution;

import dev.capstan.core.evidence.Violation.Category;
import dev.capstan.verification.dilution.Dilution.Weakening;
import java.util.ArrayList;
import java.util.List;

/** In which ways a test is weaker than it was. */
final class ShapeComparison {
  private final TestShape before;
  private final TestShape now;
  private final List<Weakening> found = new ArrayList<>();

  private ShapeComparison(TestShape before, TestShape now) {
    this.before = before;
    this.now = now;
  }

  static List<Weakening> of(TestShape before, TestShape now) {
    ShapeComparison comparison = new ShapeComparison(before, now);
    comparison.compareMarks();
    AssertionComparison.of(before.assertions(), now.assertions()).forEach(comparison::weaker);
    comparison.compareWays();
    return comparison.found;
  }

  private void compareMarks() {
    if (now.skips().size() > before.skips().size()) {
      List<String> added = new ArrayList<>(now.skips());
      before.skips().forEach(added::remove);
      found.add(
          new Weakening(
              Category.TEST_SKIPPED,
              before.name(),
              "expected to run as before, found " + String.join(", ", added)));
    }
    if (now.timeout() > before.timeout() && before.timeout() > 0) {
      weaker(
          "expected a time limit of %s, found %s"
              .formatted(number(before.timeout()), number(now.timeout())));
    } else if (now.timeout() == 0 && before.timeout() > 0) {
      weaker("expected a time limit of " + number(before.timeout()) + ", found none");
    }
    if (now.rows() < before.rows()) {
      weaker("expected to run with %d values, found %d".formatted(before.rows(), now.rows()));
    }
  }

  private void compareWays() {
    if (now.swallows().size() > before.swallows().size()) {
      weaker(
          "expected failures to reach the tool, found them caught: "
              + Skips.shortened(now.swallows().getLast()));
    }
    if (now.leavesEarly() > before.leavesEarly()) {
      weaker("expected every assertion to be reached, found a return before the last one");
    }
    boolean more = now.guarded() > before.guarded();
    if (more
        && now.guarded() - before.guarded()
            > now.assertions().size() - before.assertions().size()) {
      weaker(
          "expected %d assertions under a condition, found %d"
              .formatted(before.guarded(), now.guarded()));
    }
  }

  private void weaker(String detail) {
    found.add(new Weakening(Category.TEST_WEAKENED, before.name(), detail));
  }

  static String number(double value) {
    return value == Math.rint(value) && value < 1e15
        ? String.valueOf((long) value)
        : String.valueOf(value);
  }
}
