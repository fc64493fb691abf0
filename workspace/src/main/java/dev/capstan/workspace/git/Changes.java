package dev.capstan.workspace.git;

import dev.capstan.core.CommitId;
import dev.capstan.workspace.git.Git.Outcome;
import dev.capstan.workspace.git.GitStore.FileChange;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Reads what differs between two commits. */
final class Changes {
  private static final int LONGEST_LINK = 4_096;
  private static final String GITLINK = "160000";

  private final Git git;
  private final List<FileChange> found = new ArrayList<>();

  private record Counts(int added, int deleted, boolean binary) {}

  private Changes(Git git) {
    this.git = git;
  }

  static List<FileChange> between(Git git, CommitId from, CommitId to) {
    Changes changes = new Changes(git);
    changes.read(changes.fields("--raw", from, to), changes.counts(from, to));
    return changes.found.stream().sorted(Comparator.comparing(FileChange::path)).toList();
  }

  private List<String> fields(String format, CommitId from, CommitId to) {
    return TreePath.split(
        git.run(
                "",
                "diff-tree",
                "-r",
                "-z",
                "--no-renames",
                "--no-ext-diff",
                "--no-textconv",
                "--no-abbrev",
                format,
                from.value(),
                to.value())
            .output());
  }

  private Map<String, Counts> counts(CommitId from, CommitId to) {
    Map<String, Counts> counts = new HashMap<>();
    for (String field : fields("--numstat", from, to)) {
      String[] parts = field.split("\t", 3);
      counts.put(parts[2], new Counts(number(parts[0]), number(parts[1]), parts[0].equals("-")));
    }
    return counts;
  }

  private static int number(String text) {
    return text.equals("-") ? 0 : Integer.parseInt(text);
  }

  /** A field is {@code :oldMode newMode oldId newId letter}, the next one its path. */
  private void read(List<String> fields, Map<String, Counts> counts) {
    for (int i = 0; i + 1 < fields.size(); i += 2) {
      String[] parts = fields.get(i).substring(1).split(" ", 5);
      String path = fields.get(i + 1);
      FileChange.Kind kind = kind(parts[0], parts[1], parts[4]);
      Counts lines = counts.getOrDefault(path, new Counts(0, 0, false));
      boolean escapes = kind == FileChange.Kind.LINK && escapes(path, parts[3]);
      found.add(
          new FileChange(
              new TreePath(path).text(),
              kind,
              lines.added(),
              lines.deleted(),
              lines.binary(),
              escapes));
    }
  }

  private static FileChange.Kind kind(String oldMode, String mode, String letter) {
    if (oldMode.equals(GITLINK)) {
      return FileChange.Kind.SUBMODULE;
    }
    return switch (mode) {
      case "120000" -> FileChange.Kind.LINK;
      case GITLINK -> FileChange.Kind.SUBMODULE;
      case "000000" -> FileChange.Kind.DELETED;
      default -> letter.equals("A") ? FileChange.Kind.ADDED : FileChange.Kind.MODIFIED;
    };
  }

  private boolean escapes(String path, String blob) {
    Outcome target = git.attempt("", LONGEST_LINK, "cat-file", "blob", blob);
    return target.cut() || LinkTarget.escapes(path, target.output());
  }

  static String diff(Git git, CommitId from, CommitId to, long maxBytes) {
    Outcome outcome =
        git.attempt(
            "",
            maxBytes,
            "diff-tree",
            "-r",
            "-p",
            "--no-renames",
            "--no-ext-diff",
            "--no-textconv",
            "--no-color",
            from.value(),
            to.value());
    if (outcome.cut()) {
      String text = outcome.text();
      String whole = text.substring(0, text.lastIndexOf('\n') + 1);
      return whole + "[the diff is longer than " + maxBytes + " bytes and was cut here]\n";
    }
    if (outcome.exit() != 0) {
      throw git.failure(outcome, "diff-tree");
    }
    return outcome.text();
  }
}
