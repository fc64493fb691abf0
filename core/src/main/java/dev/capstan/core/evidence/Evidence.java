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
 */
public record Evidence(
    CommitId commit, List<Check> checks, List<Violation> violations, ContentHash report) {
  public Evidence {
    checks = List.copyOf(checks);
    violations = List.copyOf(violations);
  }
}
