package dev.capstan.verification;

import dev.capstan.core.evidence.Check;
import dev.capstan.core.evidence.CheckName;
import dev.capstan.core.evidence.Verdict;
import dev.capstan.core.evidence.Violation;
import dev.capstan.core.evidence.Violation.Category;
import dev.capstan.verification.Measurement.TestCase;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Whether the tests that a change brings show anything of it: one that passes without the change as
 * well would pass whatever the change does.
 */
public final class NewTestsCheck {
  private NewTestsCheck() {}

  /** The check with what it found. */
  public record Result(Check check, List<Violation> violations) {
    public Result {
      violations = List.copyOf(violations);
    }

    /** True if nothing more has to be asked. */
    public boolean isSettled() {
      return check.verdict() == Verdict.PASS;
    }
  }

  /** The ids of the cases that are new with the change and pass. */
  public static Set<String> newCases(Measurement before, Measurement after) {
    Set<String> known = before.tests().stream().map(TestCase::id).collect(Collectors.toSet());
    return after.tests().stream()
        .filter(test -> test.status() == Measurement.Status.PASSED)
        .map(TestCase::id)
        .filter(id -> !known.contains(id))
        .collect(Collectors.toSet());
  }

  /**
   * Compares.
   *
   * @param added the new cases
   * @param without what was measured of the code as it was, with the new tests
   */
  public static Result of(Set<String> added, Measurement without) {
    if (added.isEmpty()) {
      return settled("no new case passes, so none has to fail without the change");
    }
    List<String> silent =
        without.tests().stream()
            .filter(test -> test.status() == Measurement.Status.PASSED)
            .map(TestCase::id)
            .filter(added::contains)
            .sorted()
            .toList();
    String figures =
        "%d of %d new cases fail without the change"
            .formatted(added.size() - silent.size(), added.size());
    if (silent.size() < added.size()) {
      return settled(figures);
    }
    return new Result(
        new Check(CheckName.NEW_TESTS, Verdict.NOT_COMPARABLE, figures),
        silent.stream()
            .limit(Judge.LISTED)
            .map(id ->
                new Violation(Category.TEST_SHOWS_NOTHING, id, "passes without the change as well"))
            .toList());
  }

  /**
   * What becomes of new cases that all pass without the change once faults were put into what they
   * test: one that no test found before and is found now shows that they show something.
   *
   * @param silent what {@link #of} gave
   * @param before which faults the tests as they were find
   * @param now which the new ones find as well, in the same code
   */
  public static Result byFaults(Result silent, MutationRun before, MutationRun now) {
    if (now instanceof MutationRun.NotMeasured(var reason)) {
      return saying(silent, "faults were not tried: " + reason);
    }
    if (before instanceof MutationRun.NotMeasured(var reason)) {
      return saying(silent, "faults were not tried: " + reason);
    }
    Set<String> more = new HashSet<>(MutationCheck.found(MutationCheck.mutants(now)));
    more.removeAll(MutationCheck.found(MutationCheck.mutants(before)));
    return more.isEmpty()
        ? saying(silent, "they find no fault that no test found before")
        : settled(
            silent.check().reason()
                + "; they find "
                + Sentences.many(more.size(), "fault")
                + " that no test found before");
  }

  private static Result saying(Result silent, String more) {
    Check check = silent.check();
    return new Result(
        new Check(CheckName.NEW_TESTS, check.verdict(), check.reason() + "; " + more),
        silent.violations());
  }

  /** Where there is nothing to compare. */
  public static Result settled(String reason) {
    return new Result(new Check(CheckName.NEW_TESTS, Verdict.PASS, reason), List.of());
  }
}
