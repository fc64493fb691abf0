package dev.capstan.verification.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The profile of {@code go test -coverprofile}: after {@code mode:} a block of code on each line.
 * Files stand under their import path. The coverage library drops parts of that path by their
 * number, which is wrong for most modules.
 */
final class GoCoverProfile {
  private static final Pattern BLOCK =
      Pattern.compile(
          "(?<file>.+):(?<first>\\d{1,7})\\.\\d+,(?<last>\\d{1,7})\\.\\d+ \\d+ (?<count>\\d+)");
  private static final int MOST_LINES = 10_000_000;

  private final Map<String, Set<Integer>> covered = new TreeMap<>();
  private final Map<String, Set<Integer>> all = new TreeMap<>();
  private long lines;

  private GoCoverProfile() {}

  static List<CoveredFile> read(String text) throws UnreadableReport {
    GoCoverProfile profile = new GoCoverProfile();
    for (String line : (Iterable<String>) text.lines()::iterator) {
      if (!line.startsWith("mode: ")) {
        profile.block(line);
      }
    }
    return profile.files();
  }

  private void block(String line) throws UnreadableReport {
    Matcher block = BLOCK.matcher(line);
    if (!block.matches()) {
      throw new UnreadableReport("no block of Go's coverage: \"" + line + '"');
    }
    int first = Integer.parseInt(block.group("first"));
    int last = Integer.parseInt(block.group("last"));
    lines += Math.max(0, last - first);
    if (lines > MOST_LINES) {
      throw new UnreadableReport("its blocks have more than " + MOST_LINES + " lines");
    }
    boolean executed = !block.group("count").chars().allMatch(digit -> digit == '0');
    for (int number = first; number <= last; number++) {
      all.computeIfAbsent(block.group("file"), _ -> new TreeSet<>()).add(number);
      if (executed) {
        covered.computeIfAbsent(block.group("file"), _ -> new TreeSet<>()).add(number);
      }
    }
  }

  private List<CoveredFile> files() {
    List<CoveredFile> files = new ArrayList<>();
    all.forEach((file, numbers) -> {
      Set<Integer> executed = covered.getOrDefault(file, Set.of());
      Set<Integer> missed = new TreeSet<>(numbers);
      missed.removeAll(executed);
      files.add(new CoveredFile(file, executed, missed, 0, 0));
    });
    return files;
  }
}
