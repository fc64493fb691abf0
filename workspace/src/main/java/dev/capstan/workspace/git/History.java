package dev.capstan.workspace.git;

import dev.capstan.core.CommitId;
import dev.capstan.workspace.git.GitStore.Logged;
import java.util.List;

/** Reads the commits between two, without a work tree. */
final class History {
  private static final String SIGNATURE = "\ngpgsig";

  private History() {}

  static List<Logged> between(Git git, CommitId base, CommitId tip) {
    String listed =
        git.line("rev-list", "--reverse", "--first-parent", tip.value(), "^" + base.value());
    return listed.lines().map(line -> logged(git, new CommitId(line))).toList();
  }

  private static Logged logged(Git git, CommitId commit) {
    String text = git.run("", "cat-file", "commit", commit.value()).text();
    int end = text.indexOf("\n\n");
    String head = end < 0 ? text : text.substring(0, end);
    return new Logged(commit, end < 0 ? "" : text.substring(end + 2), head.contains(SIGNATURE));
  }
}
