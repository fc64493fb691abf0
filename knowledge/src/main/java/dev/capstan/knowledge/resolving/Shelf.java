package dev.capstan.knowledge.resolving;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Values by name and path. Those of a name come in the order of their paths, in whatever order they
 * were put.
 */
final class Shelf<V> {
  private final String kind;
  private final Map<String, SortedMap<String, V>> byName = new HashMap<>();
  private final Map<String, Set<String>> namesOf = new HashMap<>();

  Shelf(String kind) {
    this.kind = kind;
  }

  void put(String name, String path, V value) {
    byName.computeIfAbsent(name, _ -> new TreeMap<>()).put(path, value);
    namesOf.computeIfAbsent(path, _ -> new HashSet<>()).add(name);
  }

  Collection<V> get(String name) {
    SortedMap<String, V> found = byName.get(name);
    return found == null ? List.of() : found.values();
  }

  void remove(String path) {
    Set<String> names = namesOf.remove(path);
    for (String name : names == null ? Set.<String>of() : names) {
      SortedMap<String, V> found = byName.get(name);
      if (found != null) {
        found.remove(path);
        if (found.isEmpty()) {
          byName.remove(name);
        }
      }
    }
  }

  /** A name, told from the same of other shelves. */
  String key(String name) {
    return kind + ' ' + name;
  }

  void addKeys(String path, Set<String> keys) {
    namesOf.getOrDefault(path, Set.of()).forEach(name -> keys.add(key(name)));
  }
}
