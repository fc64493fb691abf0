package dev.capstan.api;

import java.util.List;

/**
 * What was measured of a commit.
 *
 * @param build built, broken, not_run or timed_out
 * @param problems test reports that could not be read
 */
public record SnapshotView(
    SnapshotSummary snapshot,
    String build,
    CountsView counts,
    List<CaseView> cases,
    CoverageView coverage,
    List<String> problems,
    long tookMillis) {
  /**
   * Figures of the cases.
   *
   * @param successRate passed of executed, 0 to 1; 0 if none was executed
   */
  public record CountsView(
      int tests, int passed, int failed, int errors, int skipped, double successRate) {}

  /** One test case; {@code status} is passed, failed, error or skipped. */
  public record CaseView(String id, String status, long tookMillis, String message) {}

  /**
   * Coverage of lines and branches.
   *
   * @param notMeasured why it is not known; "" if it is
   */
  public record CoverageView(
      String notMeasured,
      long linesCovered,
      long lines,
      long branchesCovered,
      long branches,
      List<FileView> files) {}

  /** Coverage of one source file. */
  public record FileView(
      String path, int linesCovered, int lines, int branchesCovered, int branches) {}
}
