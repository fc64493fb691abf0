package dev.capstan.workspace.git;

import dev.capstan.core.CommitId;
import dev.capstan.workspace.git.GitStore.CommitText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Puts a tree together from two commits in an index of its own: no file is written, so no link is
 * followed, and modes stay as they are.
 */
final class Overlay {
  private static final CommitText TEXT = new CommitText("A tree put together", Instant.EPOCH);

  private Overlay() {}

  static CommitId of(
      Git mirror, Path index, Commits commits, CommitId commit, CommitId other, Set<String> paths) {
    if (paths.isEmpty()) {
      return commit;
    }
    Git git = mirror.with("GIT_INDEX_FILE", index.toString());
    try {
      git.line("read-tree", commit.value());
      git.run(
          entries(git, commit, other, paths),
          "update-index",
          "-z",
          "--add",
          "--replace",
          "--index-info");
      String tree = git.line("write-tree");
      return tree.equals(git.line("rev-parse", commit + "^{tree}"))
          ? commit
          : commits.write(git, tree, List.of(commit), TEXT);
    } finally {
      delete(index);
    }
  }

  /** What is to go first, so that a folder of the other finds no file in its place. */
  private static String entries(Git git, CommitId commit, CommitId other, Set<String> paths) {
    StringBuilder entries = new StringBuilder();
    entries(git, commit, paths)
        .values()
        .forEach(entry ->
            entries.append("0 ").append(entry.substring(entry.indexOf(' ', 7) + 1)).append('\0'));
    entries(git, other, paths).values().forEach(entry -> entries.append(entry).append('\0'));
    return entries.toString();
  }

  private static Map<String, String> entries(Git git, CommitId commit, Set<String> paths) {
    Map<String, String> entries = new LinkedHashMap<>();
    for (String entry :
        TreePath.split(git.run("", "ls-tree", "-r", "-z", commit.value()).output())) {
      String path = entry.substring(entry.indexOf('\t') + 1);
      if (paths.contains(new TreePath(path).text())) {
        entries.put(path, entry);
      }
    }
    return entries;
  }

  private static void delete(Path index) {
    try {
      Files.deleteIfExists(index);
      Files.deleteIfExists(index.resolveSibling(index.getFileName() + ".lock"));
    } catch (IOException failure) {
      throw new GitFailure("the index " + index + " can't be deleted: " + failure, failure);
    }
  }
}
