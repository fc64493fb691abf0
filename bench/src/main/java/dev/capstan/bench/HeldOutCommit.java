package dev.capstan.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A commit that changed one to five source files and says in words why.
 *
 * @param parent the commit before it
 * @param question its message without addresses, numbers of issues and trailers
 * @param changed the files to be found
 */
record HeldOutCommit(String id, String parent, String question, Set<String> changed) {
  private static final int MOST = 200;
  private static final int ONE_IN = 5;
  private static final int MOST_FILES = 5;
  private static final int FEWEST_WORDS = 5;
  private static final Pattern SOURCE =
      Pattern.compile(".*\\.(?:java|kt|py|tsx?|jsx?|go|rs|c|cc|cpp|h|hpp)");
  private static final Pattern TEST = Pattern.compile("(?i).*(?:test|spec).*");
  private static final Pattern DULL =
      Pattern.compile(
          "(?is)^\\W*(?:release|revert|merge|bump|prepare|\\[maven-release|format|spotless|chore\\(deps|build\\(deps|update dependenc|upgrade).*");
  private static final String FORMAT = "%x01%H%x02%P%x02%B%x03";

  HeldOutCommit {
    changed = Set.copyOf(changed);
  }

  /** Oldest first: the newest that qualify, at most 200 and at most one in five. */
  static List<HeldOutCommit> of(Path gitFolder) throws IOException, InterruptedException {
    String log =
        GitProgram.run(
            "--git-dir=" + gitFolder,
            "log",
            "--first-parent",
            "--diff-merges=first-parent",
            "--name-status",
            "--no-renames",
            "--format=" + FORMAT);
    List<HeldOutCommit> qualifying = new ArrayList<>();
    for (String record : log.split("\u0001", -1)) {
      HeldOutCommit commit = parsed(record);
      if (commit != null) {
        qualifying.add(commit);
      }
    }
    int most = Math.max(1, Math.min(MOST, qualifying.size() / ONE_IN));
    return qualifying.subList(0, Math.min(most, qualifying.size())).reversed();
  }

  private static @org.jspecify.annotations.Nullable HeldOutCommit parsed(String record) {
    String[] parts = record.split("[\u0002\u0003]", -1);
    if (parts.length < 4 || parts[1].isBlank() || DULL.matcher(parts[2]).matches()) {
      return null;
    }
    String question = question(parts[2]);
    Set<String> changed =
        parts[3]
            .lines()
            .filter(line -> line.startsWith("M\t"))
            .map(line -> line.substring(2))
            .filter(path -> SOURCE.matcher(path).matches() && !TEST.matcher(path).matches())
            .collect(Collectors.toSet());
    boolean wordy = question.split("\\s+", -1).length >= FEWEST_WORDS;
    boolean few = !changed.isEmpty() && changed.size() <= MOST_FILES;
    return wordy && few
        ? new HeldOutCommit(parts[0], parts[1].split(" ", 2)[0], question, changed)
        : null;
  }

  private static String question(String message) {
    return message
        .replaceAll("(?m)^[A-Z][A-Za-z-]+: .*$", "")
        .replaceAll("https?://\\S+", "")
        .replaceAll("\\(?#\\d+\\)?", "")
        .strip();
  }

  /** True if the message names a file that is to be found. */
  boolean leaks() {
    String words = question.toLowerCase(Locale.ROOT);
    return changed.stream()
        .map(path -> path.substring(path.lastIndexOf('/') + 1).replaceAll("\\..*", ""))
        .anyMatch(name -> words.contains(name.toLowerCase(Locale.ROOT)));
  }
}
