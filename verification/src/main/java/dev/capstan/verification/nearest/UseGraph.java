package dev.capstan.verification.nearest;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Which files use which, and how far away the users of some files are. */
final class UseGraph {
  private final Map<String, Set<String>> provided = new HashMap<>();
  private final Map<String, List<String>> askers = new HashMap<>();

  /** Adds a file; keys of one language never meet those of another. */
  void add(Uses language, String path, String text) {
    String prefix = language.getClass().getSimpleName() + " ";
    Set<String> keys = new HashSet<>();
    language.provides(path, text).forEach(key -> keys.add(prefix + key));
    provided.put(path, keys);
    language.asks(path, text).stream()
        .map(prefix::concat)
        .filter(key -> !keys.contains(key))
        .forEach(key -> askers.computeIfAbsent(key, _ -> new ArrayList<>(1)).add(path));
  }

  /** By path: 0 for the files themselves, 1 for what uses one of them, and so on. */
  Map<String, Integer> distances(Collection<String> from) {
    Map<String, Integer> distances = new HashMap<>();
    Deque<String> open = new ArrayDeque<>();
    for (String path : from) {
      if (provided.containsKey(path) && distances.putIfAbsent(path, 0) == null) {
        open.add(path);
      }
    }
    Set<String> asked = new HashSet<>();
    while (!open.isEmpty()) {
      String path = open.remove();
      int next = distances.getOrDefault(path, 0) + 1;
      for (String key : provided.getOrDefault(path, Set.of())) {
        for (String user :
            asked.add(key) ? askers.getOrDefault(key, List.of()) : List.<String>of()) {
          if (distances.putIfAbsent(user, next) == null) {
            open.add(user);
          }
        }
      }
    }
    return distances;
  }
}
