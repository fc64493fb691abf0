package dev.capstan.api;

import java.time.Instant;
import java.util.List;

/**
 * A project's index.
 *
 * @param state of the last indexing: {@code none}, {@code running}, {@code done}, {@code cancelled}
 *     or {@code failed}
 * @param filesDone of the files it is about, so many were looked at
 * @param detail what it did, or why it failed
 */
public record IndexView(
    String project,
    String state,
    int filesDone,
    int filesInAll,
    String detail,
    List<IndexedTree> trees) {
  public IndexView {
    trees = List.copyOf(trees);
  }

  /**
   * One branch, commit or work tree that can be searched.
   *
   * @param commit "" for a work tree
   * @param found in how many of its files something can be found
   */
  public record IndexedTree(String name, String commit, Instant indexedAt, int files, int found) {}
}
