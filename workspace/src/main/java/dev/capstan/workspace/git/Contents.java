package dev.capstan.workspace.git;

import dev.capstan.core.CommitId;
import dev.capstan.workspace.git.Git.Outcome;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/** Reads files of a commit, without a work tree. */
final class Contents {
  private static final String PLAIN_FILE = "100";

  private Contents() {}

  static List<String> paths(Git git, CommitId commit) {
    String names = git.run("", "ls-tree", "-r", "-z", "--name-only", commit.value()).output();
    return TreePath.split(names).stream()
        .map(TreePath::new)
        .filter(TreePath::isText)
        .map(TreePath::text)
        .sorted()
        .toList();
  }

  static Optional<byte[]> of(Git git, CommitId commit, String path, int maxBytes) {
    String entry =
        git.run("", "ls-tree", "-z", "--full-tree", commit.value(), "--", ":(literal)" + path)
            .output();
    List<String> entries = TreePath.split(entry);
    if (entries.size() != 1 || !entries.getFirst().startsWith(PLAIN_FILE)) {
      return Optional.empty();
    }
    String blob =
        entries.getFirst().substring(0, entries.getFirst().indexOf('\t')).split(" ", 4)[2];
    Outcome content = git.attempt("", maxBytes, "cat-file", "blob", blob);
    if (content.cut()) {
      return Optional.empty();
    }
    if (content.exit() != 0) {
      throw git.failure(content, "cat-file");
    }
    return Optional.of(content.output().getBytes(StandardCharsets.ISO_8859_1));
  }
}
