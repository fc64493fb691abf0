package dev.capstan.core.plan;

import java.util.ArrayList;
import java.util.List;

/**
 * Every string over {@code a}, {@code b}, {@code /} of at most eight characters: two globs of four
 * characters that overlap do so on one of them.
 */
final class ShortPaths {
  static final List<String> ALL = all();

  private ShortPaths() {}

  private static List<String> all() {
    List<String> paths = new ArrayList<>(List.of(""));
    int from = 0;
    for (int length = 1; length <= 8; length++) {
      int to = paths.size();
      for (String shorter : List.copyOf(paths.subList(from, to))) {
        paths.add(shorter + 'a');
        paths.add(shorter + 'b');
        paths.add(shorter + '/');
      }
      from = to;
    }
    return List.copyOf(paths);
  }
}
