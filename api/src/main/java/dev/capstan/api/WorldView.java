package dev.capstan.api;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a project is like now: its files, what was last measured, and who is at work.
 *
 * @param branch the default branch, as this server last fetched it; "" before it was ever fetched
 * @param tip its commit
 * @param trees that are indexed, with how they stand to their branches
 * @param baseline what was last measured of a commit by itself; null if nothing was
 * @param verification what was last measured of a change; null if nothing was
 * @param working tasks that workers hold
 */
public record WorldView(
    String project,
    String branch,
    String tip,
    List<Tree> trees,
    @Nullable Measured baseline,
    @Nullable Verified verification,
    List<Working> working) {
  public WorldView {
    trees = List.copyOf(trees);
    working = List.copyOf(working);
  }

  /**
   * The files of a branch, a commit or a work tree, as they were indexed.
   *
   * @param commit "" for a work tree
   * @param files how many
   * @param hash of the paths and contents of all files: the same for the same files
   * @param state current; stale: its branch is at {@code tip} now; fixed: a commit, which never
   *     changes; unknown: a work tree, which nobody has looked at since
   * @param tip of its branch; "" where it has none
   * @param changed so many files differ at the tip
   * @param changes the first 100 of them
   */
  public record Tree(
      String name,
      String commit,
      Instant indexedAt,
      int files,
      String hash,
      String state,
      String tip,
      int changed,
      List<Change> changes) {
    public Tree {
      changes = List.copyOf(changes);
    }
  }

  /**
   * A file that differs.
   *
   * @param kind added, modified, deleted, link or submodule
   */
  public record Change(String path, String kind) {}

  /**
   * A measured commit.
   *
   * @param stale true if the default branch is elsewhere now
   */
  public record Measured(String commit, Instant at, String summary, boolean stale) {}

  /**
   * A measured change.
   *
   * @param step "" for the branch of the run as a whole
   * @param commit that the checks ran on
   * @param gate open, shut, or asks a person
   */
  public record Verified(
      String run, String step, String commit, Instant at, String gate, List<Check> checks) {
    public Verified {
      checks = List.copyOf(checks);
    }
  }

  /** One check, with its verdict: PASS, FAIL, DID_NOT_RUN or NOT_COMPARABLE. */
  public record Check(String name, String verdict, String reason) {}

  /**
   * A task under way.
   *
   * @param kind execute and verify are of attempts; prepare, baseline, integrate, verify-tip and
   *     deliver of a run
   * @param step "" for a run's
   * @param attempt 0 for a run's
   * @param engine of the attempt
   * @param scope globs of the files that the attempt may change; none for every file
   * @param leasedUntil the task is given to another worker then, unless its worker goes on
   */
  public record Working(
      String run,
      String kind,
      String step,
      int attempt,
      String title,
      String engine,
      List<String> scope,
      Instant leasedUntil) {
    public Working {
      scope = List.copyOf(scope);
    }
  }
}
