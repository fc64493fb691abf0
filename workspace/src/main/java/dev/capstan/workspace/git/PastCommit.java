package dev.capstan.workspace.git;

import java.util.List;

/**
 * What a commit changed, and why.
 *
 * @param message as it was written
 * @param paths of the files, by the names that they have at the end of the history
 */
public record PastCommit(String message, List<String> paths) {
  public PastCommit {
    paths = List.copyOf(paths);
  }
}
