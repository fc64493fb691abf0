package dev.capstan.workspace.git;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Reads which files the commits that led to another one changed, along first parents. It goes back
 * in time and remembers each renaming, so that a file goes by the name that it has in the end.
 */
final class PastCommits {
  private static final char COMMIT = '\u0001';
  private static final char END_OF_MESSAGE = '\u0002';

  /** By their name at the commit that is read, those that are called otherwise in the end. */
  private final Map<String, String> later = new HashMap<>();

  private PastCommits() {}

  static List<PastCommit> before(Git git, String tip, int most) {
    String log =
        git.run(
                "",
                "log",
                "--first-parent",
                "--diff-merges=first-parent",
                "--name-status",
                "--find-renames",
                "-z",
                "--max-count=" + most,
                "--format=%x01%B%x02",
                tip)
            .text();
    PastCommits commits = new PastCommits();
    return Stream.of(log.split(String.valueOf(COMMIT), -1))
        .flatMap(record -> commits.commit(record).stream())
        .toList();
  }

  private Optional<PastCommit> commit(String record) {
    int end = record.indexOf(END_OF_MESSAGE);
    if (end < 0) {
      return Optional.empty();
    }
    Iterator<String> words =
        Stream.of(record.substring(end + 1).split("\0", -1))
            .map(word -> word.startsWith("\n") ? word.substring(1) : word)
            .filter(word -> !word.isEmpty())
            .iterator();
    return Optional.of(new PastCommit(record.substring(0, end).strip(), paths(words)));
  }

  /** A letter and a path for each file; two paths for one that was renamed or copied. */
  private List<String> paths(Iterator<String> words) {
    List<String> paths = new ArrayList<>();
    Map<String, String> renamed = new HashMap<>();
    while (words.hasNext()) {
      char change = words.next().charAt(0);
      String path = words.hasNext() ? words.next() : "";
      boolean two = change == 'R' || change == 'C';
      String after = two && words.hasNext() ? words.next() : path;
      String now = later.getOrDefault(after, after);
      paths.add(now);
      if (change == 'R') {
        renamed.put(path, now);
      }
    }
    later.putAll(renamed);
    return paths;
  }
}
