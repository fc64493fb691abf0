package dev.capstan.core.run;

import dev.capstan.core.CommitId;
import dev.capstan.core.run.CiReport.Conclusion;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What was heard of a run's change after it had been delivered.
 *
 * @param reports the last one of each check about each commit
 * @param merged the commit by which each branch was merged
 */
public record Aftermath(List<CiReport> reports, SortedMap<String, CommitId> merged) {
  public static final Aftermath NONE = new Aftermath(List.of(), new TreeMap<>());

  /**
   * Checks of the delivered commit, and as many of all others, that are told apart; what is beyond
   * is not recorded.
   */
  static final int MOST = 200;

  public Aftermath {
    reports = List.copyOf(reports);
    merged = Collections.unmodifiableSortedMap(new TreeMap<>(merged));
  }

  /** What that check said last of that commit. */
  Optional<CiReport> last(CiReport about) {
    return reports.stream().filter(about::isAboutTheSameAs).findFirst();
  }

  /** True if a further check about that commit would be too many beside those like it. */
  boolean isFull(CommitId tip, CommitId commit) {
    boolean delivered = commit.equals(tip);
    return reports.stream().filter(known -> known.commit().equals(tip) == delivered).count()
        >= MOST;
  }

  Aftermath with(CiReport report) {
    List<CiReport> changed = new ArrayList<>(reports);
    changed.removeIf(report::isAboutTheSameAs);
    changed.add(report);
    return new Aftermath(changed, merged);
  }

  Aftermath merged(String branch, CommitId commit) {
    SortedMap<String, CommitId> changed = new TreeMap<>(merged);
    changed.put(branch, commit);
    return new Aftermath(reports, changed);
  }

  /** The last report of each check about that commit. */
  public List<CiReport> about(CommitId commit) {
    return reports.stream().filter(report -> report.commit().equals(commit)).toList();
  }

  /**
   * What all checks together say of that commit: failed if one failed, passed if one passed and
   * none failed; empty if none said anything.
   */
  public Optional<Conclusion> conclusion(CommitId commit) {
    List<Conclusion> said = about(commit).stream().map(CiReport::conclusion).toList();
    return said.contains(Conclusion.FAILED)
        ? Optional.of(Conclusion.FAILED)
        : said.contains(Conclusion.PASSED)
            ? Optional.of(Conclusion.PASSED)
            : said.stream().findFirst();
  }
}
