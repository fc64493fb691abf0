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

  private record Counts(int added, int deleted, boolean binary) {}

  private Changes(Git git) {
    this.git = git;
  }

  static List<FileChange> between(Git git, CommitId from, CommitId to) {
    return new Changes(git).read(fields(git, from, to));
  }

  private static List<String> fields(Git git, CommitId from, CommitId to) {
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
                "--raw",
                "--numstat",
                from.value(),
                to.value())
            .output());
  }

  /**
   * First come pairs of fields, {@code :oldMode newMode oldId newId letter} and its path; then
   * fields of {@code added deleted path}, with tabs between.
   */
  private List<FileChange> read(List<String> fields) {
    int raw = 0;
    while (raw < fields.size() && fields.get(raw).startsWith(":")) {
      raw += 2;
    }
    Map<String, Counts> counts = counts(fields.subList(raw, fields.size()));
    List<FileChange> found = new ArrayList<>();
    for (int i = 0; i < raw; i += 2) {
      String path = fields.get(i + 1);
      found.add(change(path, fields.get(i), counts.getOrDefault(path, new Counts(0, 0, false))));
    }
    return found.stream().sorted(Comparator.comparing(FileChange::path)).toList();
  }

  private static Map<String, Counts> counts(List<String> fields) {
    Map<String, Counts> counts = new HashMap<>();
    for (String field : fields) {
      String[] parts = field.split("\t", 3);
      counts.put(parts[2], new Counts(number(parts[0]), number(parts[1]), parts[0].equals("-")));
    }
    return counts;
  }

  private static int number(String text) {
    return text.equals("-") ? 0 : Integer.parseInt(text);
  }

  private FileChange change(String path, String raw, Counts lines) {
    String[] parts = raw.substring(1).split(" ", 5);
    FileChange.Kind kind = kind(parts[0], parts[1], parts[4]);
    boolean escapes = kind == FileChange.Kind.LINK && escapes(path, parts[3]);
    return new FileChange(
        new TreePath(path).text(), kind, lines.added(), lines.deleted(), lines.binary(), escapes);
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
