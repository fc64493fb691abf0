package dev.capstan.knowledge.pack;

import dev.capstan.knowledge.graph.References;
import dev.capstan.knowledge.index.Answer.Hit;
import dev.capstan.knowledge.index.FileContent;
import dev.capstan.knowledge.index.ProjectIndex;
import dev.capstan.knowledge.parsing.Parsed.Symbol;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.SequencedCollection;
import java.util.SequencedMap;
import java.util.SequencedSet;
import java.util.function.Predicate;

/**
 * Which files matter for what was found, the most central first, and what is in them: those that
 * were found, and those that they refer to or that refer to them.
 */
final class RepositoryMap {
  /** As when orders are fused: the first places differ, the later ones hardly. */
  private static final int PLACE_OFFSET = 10;

  private static final int MOST_NAMES = 5;

  private final ProjectIndex index;
  private final References references;
  private final String view;
  private final Predicate<Hit> usable;
  private final SequencedMap<String, SequencedSet<String>> found = new LinkedHashMap<>();

  /** {@code hits} may be used, and {@code usable} says so of pieces of other files. */
  RepositoryMap(
      ProjectIndex index,
      References references,
      String view,
      Predicate<Hit> usable,
      List<Hit> hits) {
    this.index = index;
    this.references = references;
    this.view = view;
    this.usable = usable;
    for (Hit hit : hits) {
      found
          .computeIfAbsent(hit.path(), _ -> new LinkedHashSet<>())
          .addAll(List.of(hit.header().split(" ", -1)));
    }
  }

  SequencedCollection<String> paths() {
    Map<String, Double> wanted = new LinkedHashMap<>();
    for (String path : found.keySet()) {
      wanted.put(path, 1.0 / (PLACE_OFFSET + wanted.size()));
    }
    return references.rank(wanted).sequencedKeySet();
  }

  /** The path with names of what is in it; "" for a file of which nothing may be used. */
  String line(String path) {
    SequencedSet<String> names = found.get(path);
    List<String> some =
        names == null
            ? declared(path)
            : names.stream().filter(name -> !name.isEmpty()).limit(MOST_NAMES).toList();
    return names == null && some.isEmpty()
        ? ""
        : path + (some.isEmpty() ? "" : ": " + String.join(" ", some));
  }

  private List<String> declared(String path) {
    return index.file(view, path).stream()
        .flatMap(content ->
            content.parsed().symbols().stream()
                .filter(symbol -> usable.test(firstLine(content, symbol)))
                .map(Symbol::name))
        .distinct()
        .limit(MOST_NAMES)
        .toList();
  }

  private static Hit firstLine(FileContent content, Symbol symbol) {
    int line = symbol.firstLine();
    return new Hit(
        content.file().path(),
        content.file().blob(),
        line,
        line,
        content.file().language().word(),
        "",
        symbol.name(),
        content.between(line, line),
        0,
        Map.of());
  }
}
