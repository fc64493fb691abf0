package dev.capstan.verification.nearest;

import dev.capstan.verification.nearest.Ranking.Near;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Ranks the test files of a tree by how near they are to a change: changed tests, then those named
 * after a changed file, then by how many uses lie between. The order is the same for the same tree.
 * It is a guess, from text alone, and decides only what is run first.
 */
public final class NearestTests {
  /** In characters; a longer file is known by its name alone. */
  static final int LARGEST = 512 * 1024;

  private static final int MOST_FILES = 50_000;
  private static final long MOST_TEXT = 256L << 20;
  private static final Duration LIMIT = Duration.ofSeconds(30);
  private static final Set<String> FOREIGN =
      Set.of("node_modules", "vendor", ".git", "third_party");

  private final Function<String, Optional<String>> text;
  private final SortedSet<String> changed;
  private final List<Uses> languages;
  private final Set<String> subjects;
  private final UseGraph graph = new UseGraph();
  private final List<String> tests = new ArrayList<>();
  private final Map<String, Integer> mentions = new HashMap<>();

  private NearestTests(
      Collection<String> sources,
      Function<String, Optional<String>> text,
      Collection<String> changed) {
    this.text = text;
    this.changed = new TreeSet<>(changed);
    this.languages =
        List.of(
            new JvmUses(),
            new PythonUses(sources),
            new ScriptUses(),
            new GoUses(sources, text),
            new RustUses(sources, text));
    this.subjects =
        this.changed.stream()
            .filter(path -> languages.stream().anyMatch(language -> language.reads(path)))
            .map(Likeness::subject)
            .filter(subject -> !subject.isEmpty())
            .collect(Collectors.toSet());
  }

  /**
   * Ranks.
   *
   * @param paths of the tree
   * @param text of one of its files; empty for what is no plain text
   * @param changed paths that the change touches, gone ones too
   */
  public static Ranking rank(
      Collection<String> paths,
      Function<String, Optional<String>> text,
      Collection<String> changed) {
    SortedSet<String> all = new TreeSet<>(paths);
    all.addAll(changed);
    all.removeIf(path -> List.of(path.split("/", -1)).stream().anyMatch(FOREIGN::contains));
    return new NearestTests(all, text, changed).rank(all, new HashSet<>(paths));
  }

  private Ranking rank(SortedSet<String> all, Set<String> present) {
    long end = System.nanoTime() + LIMIT.toNanos();
    long characters = 0;
    int files = 0;
    for (String path : all) {
      Optional<Uses> language = languages.stream().filter(one -> one.reads(path)).findFirst();
      if (language.isEmpty()) {
        continue;
      }
      String content = present.contains(path) ? content(path) : "";
      characters += content.length();
      if (++files > MOST_FILES || characters > MOST_TEXT || System.nanoTime() > end) {
        return new Ranking.TooLarge(
            "the tree has more than %d source files or %d MiB of them, or takes longer than %d s"
                .formatted(MOST_FILES, MOST_TEXT >> 20, LIMIT.toSeconds()));
      }
      add(language.get(), path, content, present.contains(path));
    }
    return ranked();
  }

  private String content(String path) {
    return text.apply(path).filter(content -> content.length() <= LARGEST).orElse("");
  }

  private void add(Uses language, String path, String content, boolean present) {
    graph.add(language, path, content);
    if (present && TestFiles.isTest(path, content)) {
      tests.add(path);
      mentions.put(path, Mentions.of(subjects, content));
    }
  }

  private Ranking ranked() {
    Map<String, Integer> distances = graph.distances(changed);
    Map<Boolean, List<String>> parts =
        tests.stream()
            .collect(
                Collectors.partitioningBy(test -> distances.containsKey(test) || isNamed(test)));
    List<Near> near =
        parts.getOrDefault(true, List.of()).stream()
            .sorted(order(distances))
            .map(test -> new Near(test, reason(test, distances)))
            .toList();
    return new Ranking.Ranked(near, parts.getOrDefault(false, List.of()));
  }

  private Comparator<String> order(Map<String, Integer> distances) {
    return Comparator.<String>comparingInt(test -> changed.contains(test) ? 0 : 1)
        .thenComparingInt(test -> isNamed(test) ? 0 : 1)
        .thenComparingInt(test -> distances.getOrDefault(test, Integer.MAX_VALUE))
        .thenComparingInt(test -> -mentions.getOrDefault(test, 0))
        .thenComparingInt(test -> -shared(test))
        .thenComparing(Comparator.naturalOrder());
  }

  private boolean isNamed(String test) {
    return subjects.contains(Likeness.subject(test));
  }

  private int shared(String test) {
    return changed.stream()
        .limit(1_000)
        .mapToInt(path -> Likeness.sharedFolders(test, path))
        .max()
        .orElse(0);
  }

  private String reason(String test, Map<String, Integer> distances) {
    if (changed.contains(test)) {
      return "changed itself";
    }
    int uses = distances.getOrDefault(test, 0);
    String away = uses == 1 ? "1 use away" : uses + " uses away";
    return isNamed(test) ? "named after a changed file" : away;
  }
}
