package dev.capstan.core.evidence;

import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;

/**
 * What a step must keep true, recorded before it acts.
 *
 * @param required checks that must PASS; any other check may be left unmeasured, but not FAIL
 * @param minimumTests executed test cases below which TESTS did not run
 * @param allowedCoverageDrop in hundredths of a percentage point of line coverage
 * @param mayChangeNothing true if a step that changes no file is done, not failed
 * @param approval whether a person opens the gate even when every check passes
 */
public record Expectations(
    Set<CheckName> required,
    int minimumTests,
    int allowedCoverageDrop,
    boolean mayChangeNothing,
    Approval approval) {
  public static final Expectations DEFAULT =
      new Expectations(
          EnumSet.of(CheckName.BUILD, CheckName.TESTS, CheckName.SCOPE),
          1,
          10,
          false,
          Approval.WHEN_UNSETTLED);

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
    if (minimumTests < 0 || allowedCoverageDrop < 0) {
      throw new IllegalArgumentException("minimumTests and allowedCoverageDrop are at least 0");
    }
  }
}
