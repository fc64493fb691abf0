package dev.capstan.verification.report;

import java.util.Set;
import java.util.TreeSet;

/**
 * Coverage of one source file as a report has it.
 *
 * @param path as reported
 * @param covered numbers of the lines that were executed at least in part, from 1
 * @param missed numbers of the lines that were not executed, from 1
 */
public record CoveredFile(
    String path, Set<Integer> covered, Set<Integer> missed, int branchesCovered, int branches) {
  public CoveredFile {
    covered = Set.copyOf(covered);
    missed = Set.copyOf(missed);
  }

  /**
   * What two reports about the same file say together: a line is covered if either covers it. Of
   * branches the better figure counts, as reports don't say which ones they are.
   */
  public CoveredFile and(CoveredFile other) {
    Set<Integer> either = new TreeSet<>(covered);
    either.addAll(other.covered);
    Set<Integer> neither = new TreeSet<>(missed);
    neither.addAll(other.missed);
    neither.removeAll(either);
    return new CoveredFile(
        path,
        either,
        neither,
        Math.max(branchesCovered, other.branchesCovered),
        Math.max(branches, other.branches));
  }
}
