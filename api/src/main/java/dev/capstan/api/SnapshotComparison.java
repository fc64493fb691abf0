package dev.capstan.api;

import java.util.List;

/**
 * What two snapshots differ in; what is equal is left out.
 *
 * @param notComparable why the figures do not compare; "" if they do
 */
public record SnapshotComparison(
    SnapshotSummary from,
    SnapshotSummary to,
    String notComparable,
    List<CaseChange> cases,
    List<CoverageChange> coverage) {
  /** A case that ended otherwise; "" where a snapshot lacks it. */
  public record CaseChange(String id, String before, String after) {}

  /** Covered lines of a file, of all its lines; 0 of 0 where a snapshot lacks it. */
  public record CoverageChange(
      String path, int coveredBefore, int linesBefore, int coveredAfter, int linesAfter) {}
}
