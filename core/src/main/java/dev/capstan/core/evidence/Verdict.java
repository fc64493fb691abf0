package dev.capstan.core.evidence;

/** What a check means. Only {@link #PASS} opens a gate. */
public enum Verdict {
  /** The check ran on exactly this commit and what it asks for holds. */
  PASS,
  /** The check ran and what it asks for does not hold. */
  FAIL,
  /** The check did not run, or left no report, or its report holds nothing. */
  DID_NOT_RUN,
  /** The check ran, but nothing comparable was measured before the change. */
  NOT_COMPARABLE
}
