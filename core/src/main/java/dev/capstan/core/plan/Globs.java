package dev.capstan.core.plan;

import java.util.List;
import java.util.function.BiPredicate;
import java.util.function.Predicate;

/**
 * Matching and intersection of path globs.
 *
 * <p>Both are one walk over the grid of positions in the two texts, so the time is the product of
 * their lengths whatever the number of stars: a plan is untrusted.
 */
final class Globs {
  private Globs() {}

  static boolean matches(String glob, String path) {
    return walk(
        segments(glob),
        segments(path),
        "**"::equals,
        _ -> false,
        (a, b) -> characters(a, b, false));
  }

  /** True if some path could match both; never false where one could. */
  static boolean mayOverlap(String one, String other) {
    return !startApart(one, other)
        && walk(
            segments(one),
            segments(other),
            "**"::equals,
            "**"::equals,
            (a, b) -> characters(a, b, true));
  }

  /** True if they begin with different folders that are spelt out: the usual case, told quickly. */
  private static boolean startApart(String one, String other) {
    int at = 0;
    while (at < one.length() && at < other.length() && one.charAt(at) == other.charAt(at)) {
      if (isWild(one.charAt(at))) {
        return false;
      }
      at++;
    }
    boolean sameFolder = endsAt(one, at) && endsAt(other, at);
    return !sameFolder && isSpeltOut(one, at) && isSpeltOut(other, at);
  }

  /** Whether a segment ends before that place. */
  private static boolean endsAt(String glob, int place) {
    return place == glob.length() || glob.charAt(place) == '/';
  }

  /** Whether the segment at that place goes on without a pattern. */
  private static boolean isSpeltOut(String glob, int place) {
    int at = place;
    while (!endsAt(glob, at)) {
      if (isWild(glob.charAt(at))) {
        return false;
      }
      at++;
    }
    return true;
  }

  private static boolean isWild(char c) {
    return c == '*' || c == '?';
  }

  private static boolean characters(String a, String b, boolean bothGlobs) {
    return walk(
        a.chars().boxed().toList(),
        b.chars().boxed().toList(),
        c -> c == '*',
        c -> bothGlobs && c == '*',
        (x, y) -> x.equals(y) || x == '?' || (bothGlobs && y == '?'));
  }

  private static List<String> segments(String path) {
    return List.of(path.split("/", -1));
  }

  /**
   * True if both lists can be consumed together, where a star of either side consumes any number of
   * the other's.
   */
  private static <T> boolean walk(
      List<T> a, List<T> b, Predicate<T> starOfA, Predicate<T> starOfB, BiPredicate<T, T> same) {
    boolean[][] open = new boolean[a.size() + 2][b.size() + 2];
    open[0][0] = true;
    for (int i = 0; i <= a.size(); i++) {
      for (int j = 0; j <= b.size(); j++) {
        if (!open[i][j]) {
          continue;
        }
        boolean starA = i < a.size() && starOfA.test(a.get(i));
        boolean starB = j < b.size() && starOfB.test(b.get(j));
        open[i + 1][j] |= starA || (starB && i < a.size());
        open[i][j + 1] |= starB || (starA && j < b.size());
        open[i + 1][j + 1] |=
            !starA && !starB && i < a.size() && j < b.size() && same.test(a.get(i), b.get(j));
      }
    }
    return open[a.size()][b.size()];
  }
}
