package dev.capstan.workspace.git;

import dev.capstan.core.CommitId;
import dev.capstan.workspace.git.GitStore.Logged;
import java.util.List;
import java.util.stream.Collectors;

/** Reads the commits between two, without a work tree, all by one program. */
final class History {
  private static final String SIGNATURE = "\ngpgsig";
  private static final String INDENT = "    ";

  private History() {}

  static List<Logged> between(Git git, CommitId base, CommitId tip) {
    String listed =
        git.run(
                "",
                "rev-list",
                "--header",
                "--reverse",
                "--first-parent",
                tip.value(),
                "^" + base.value())
            .text();
    return TreePath.split(listed).stream().map(History::logged).toList();
  }

  /** Its id, the commit as it is stored, and its message indented. */
  private static Logged logged(String record) {
    int message = record.indexOf("\n\n");
    String head = message < 0 ? record : record.substring(0, message);
    String text =
        message < 0
            ? ""
            : record
                .substring(message + 2)
                .lines()
                .map(line -> line.startsWith(INDENT) ? line.substring(INDENT.length()) : line)
                .collect(Collectors.joining("\n"));
    CommitId commit = new CommitId(head.substring(0, head.indexOf('\n')).strip());
    return new Logged(commit, text, head.contains(SIGNATURE));
  }
}
