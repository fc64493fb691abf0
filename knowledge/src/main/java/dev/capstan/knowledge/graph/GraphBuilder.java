package dev.capstan.knowledge.graph;

import dev.capstan.knowledge.parsing.ParsedFile;
import dev.capstan.knowledge.resolving.Resolution;
import dev.capstan.knowledge.resolving.SymbolTable;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * Makes graphs of a tree that changes. After a change, the files that changed are resolved again,
 * and those that had looked for a name that a changed file declares or has declared; the graph is
 * then that of a clean start. For one thread.
 */
public final class GraphBuilder {
  private final SymbolTable table = new SymbolTable();
  private final TreeMap<String, FileLinks> files = new TreeMap<>();

  /**
   * The graph after a change; empty if {@code again} gives nothing.
   *
   * @param changed files that are new or other than before
   * @param removed paths
   * @param again gives the files of paths that did not change; nothing if they are there no more,
   *     and then this is of no more use
   * @param leftOut what of the tree is not among the files, in sentences
   */
  public Optional<CodeGraph> update(
      Collection<ParsedFile> changed,
      Set<String> removed,
      Function<Set<String>, Optional<List<ParsedFile>>> again,
      List<String> leftOut) {
    Set<String> touched = new HashSet<>();
    for (String path : removed) {
      forget(path, touched);
      files.remove(path);
    }
    Set<String> fresh = new HashSet<>();
    for (ParsedFile file : changed) {
      forget(file.path(), touched);
      table.put(file);
      touched.addAll(table.keys(file.path()));
      fresh.add(file.path());
    }
    Set<String> affected = new TreeSet<>();
    for (FileLinks file : files.values()) {
      if (!fresh.contains(file.path()) && file.asked().stream().anyMatch(touched::contains)) {
        affected.add(file.path());
      }
    }
    changed.forEach(this::resolve);
    Optional<List<ParsedFile>> others =
        affected.isEmpty() ? Optional.of(List.of()) : again.apply(affected);
    others.ifPresent(found -> found.forEach(this::resolve));
    return others.map(_ -> new EmbeddedGraph(List.copyOf(files.values()), leftOut));
  }

  private void forget(String path, Set<String> touched) {
    touched.addAll(table.keys(path));
    table.remove(path);
  }

  private void resolve(ParsedFile file) {
    files.put(file.path(), FileLinks.of(file, Resolution.of(file, table)));
  }
}
