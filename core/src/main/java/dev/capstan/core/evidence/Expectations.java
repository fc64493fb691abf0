package dev.capstan.core.evidence;

import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * What a step must keep true, recorded before it acts.
 *
 * @param required checks that must PASS; any other check may be left unmeasured, but not FAIL
 * @param minimumTests executed test cases below which TESTS did not run
 * @param allowedCoverageDrop in hundredths of a percentage point of line coverage
 * @param mayChangeNothing true if a step that changes no file is done, not failed
 * @param approval whether a person opens the gate even when every check passes
 * @param judge globs of the files that judge (tests, CI, build, lint and coverage settings) which
 *     the step says it changes; none for most
 * @param rules what policy asks of every change
 */
public record Expectations(
    Set<CheckName> required,
    int minimumTests,
    int allowedCoverageDrop,
    boolean mayChangeNothing,
    Approval approval,
    List<String> judge,
    Rules rules) {
  public static final Expectations DEFAULT =
      new Expectations(
          EnumSet.of(
              CheckName.BUILD,
              CheckName.TESTS,
              CheckName.JUDGE,
              CheckName.SECRETS,
              CheckName.SCOPE),
          1,
          10,
          false,
          Approval.WHEN_UNSETTLED,
          List.of(),
          Rules.DEFAULT);

  /** The same, with these files that judge declared as changed. */
  public Expectations withJudge(List<String> globs) {
    return new Expectations(
        required, minimumTests, allowedCoverageDrop, mayChangeNothing, approval, globs, rules);
  }

  /** The same under another policy. */
  public Expectations withRules(Rules newRules) {
    return new Expectations(
        required, minimumTests, allowedCoverageDrop, mayChangeNothing, approval, judge, newRules);
  }

  /** When a person is asked. */
  public enum Approval {
    /** Only where a required check neither passed nor failed. */
    WHEN_UNSETTLED,
    /** Before every gate. */
    ALWAYS
  }

  public Expectations {
    EnumSet<CheckName> ordered = EnumSet.noneOf(CheckName.class);
    ordered.addAll(required);
    required = Collections.unmodifiableSet(ordered);
    judge = List.copyOf(judge);
    if (minimumTests < 0 || allowedCoverageDrop < 0) {
      throw new IllegalArgumentException("minimumTests and allowedCoverageDrop are at least 0");
    }
  }
}
