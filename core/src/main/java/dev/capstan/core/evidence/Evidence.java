package dev.capstan.core.evidence;

import dev.capstan.core.CommitId;
import dev.capstan.core.ContentHash;
import java.util.List;

/**
 * The outcome of verifying one commit.
 *
 * @param commit the exact commit whose tree the checks ran on
 * @param checks each check with its verdict
 * @param violations what was not kept; empty when all is well
 * @param report the artifact with the full measurement, before and after
 * @param confidence how likely a person would accept it, with its parts
 * @param ignored what does not count by policy
 */
public record Evidence(
    CommitId commit,
    List<Check> checks,
    List<Violation> violations,
    ContentHash report,
    Confidence confidence,
    List<Ignored> ignored) {
  /** At most so many violations of one check are listed. */
  public static final int MOST_LISTED = 100;

  public static final Confidence NOT_SCORED =
      new Confidence.NotScored("no score was recorded with this evidence");

  public Evidence {
    checks = List.copyOf(checks);
    violations = List.copyOf(violations);
    ignored = List.copyOf(ignored);
  }

  /** Evidence without a score, of which nothing is ignored. */
  public Evidence(
      CommitId commit, List<Check> checks, List<Violation> violations, ContentHash report) {
    this(commit, checks, violations, report, NOT_SCORED, List.of());
  }

  /** The same with a score. */
  public Evidence scored(Confidence score) {
    return new Evidence(commit, checks, violations, report, score, ignored);
  }

  /** The same, with what does not count. */
  public Evidence ignoring(List<Ignored> newIgnored) {
    return new Evidence(commit, checks, violations, report, confidence, newIgnored);
  }
}
