package dev.capstan.knowledge;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;

/** What can be found of a tree and what cannot: the states sum to the number of files. */
public final class Coverage {
  private final List<FileRecord> files;

  public Coverage(Collection<FileRecord> files) {
    this.files = List.copyOf(files);
  }

  public List<FileRecord> files() {
    return files;
  }

  /** How many files there are in each state, by its word. */
  public SortedMap<String, Integer> states() {
    return count(file -> file.state().word());
  }

  /** How many files are left out, by why. */
  public SortedMap<String, Integer> reasons() {
    SortedMap<String, Integer> reasons = count(file -> file.state().why());
    reasons.remove("");
    return reasons;
  }

  /** The states of each language's files. */
  public SortedMap<String, Map<String, Integer>> languages() {
    return by(file -> file.language().word());
  }

  /** The states of the files of each folder at the top; "." is the root itself. */
  public SortedMap<String, Map<String, Integer>> folders() {
    return by(file -> file.path().contains("/") ? file.path().split("/", 2)[0] : ".");
  }

  private SortedMap<String, Map<String, Integer>> by(Function<FileRecord, String> key) {
    SortedMap<String, Map<String, Integer>> groups = new TreeMap<>();
    files.forEach(file ->
        groups
            .computeIfAbsent(key.apply(file), _ -> new TreeMap<>())
            .merge(file.state().word(), 1, Integer::sum));
    return groups;
  }

  private SortedMap<String, Integer> count(Function<FileRecord, String> key) {
    SortedMap<String, Integer> counts = new TreeMap<>();
    files.forEach(file -> counts.merge(key.apply(file), 1, Integer::sum));
    return counts;
  }
}
