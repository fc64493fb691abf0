package dev.capstan.verification.lines;

import com.github.difflib.algorithm.Change;
import com.github.difflib.algorithm.myers.MyersDiffWithLinearSpace;
import com.github.difflib.patch.DeltaType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * The lines that a text has and the one before has not.
 *
 * <p>What the texts have in common at both ends, and lines that only one of them has, are taken out
 * first; the rest goes through Myers' algorithm. Its time grows with the square of what differs, so
 * where much is left, lines are only counted: which of several equal ones is the new one is then a
 * guess.
 */
public final class NewLines {
  private static final int MOST_COMPARED = 8_000;

  private NewLines() {}

  /** Their numbers, from 1. */
  public static SortedSet<Integer> of(String before, String now) {
    List<String> old = before.lines().toList();
    List<String> lines = now.lines().toList();
    int from = 0;
    int shorter = Math.min(old.size(), lines.size());
    while (from < shorter && old.get(from).equals(lines.get(from))) {
      from++;
    }
    int end = 0;
    while (end < shorter - from
        && old.get(old.size() - 1 - end).equals(lines.get(lines.size() - 1 - end))) {
      end++;
    }
    return between(
        old.subList(from, old.size() - end), lines.subList(from, lines.size() - end), from);
  }

  private static SortedSet<Integer> between(List<String> old, List<String> lines, int offset) {
    Set<String> oldTexts = new HashSet<>(old);
    Set<String> texts = new HashSet<>(lines);
    List<String> oldRest = old.stream().filter(texts::contains).toList();
    SortedSet<Integer> found = new TreeSet<>();
    List<Integer> rest = new ArrayList<>();
    for (int i = 0; i < lines.size(); i++) {
      if (oldTexts.contains(lines.get(i))) {
        rest.add(i);
      } else {
        found.add(offset + i + 1);
      }
    }
    List<String> lineRest = rest.stream().map(lines::get).toList();
    for (int i : inserted(oldRest, lineRest)) {
      found.add(offset + rest.get(i) + 1);
    }
    return found;
  }

  private static Set<Integer> inserted(List<String> old, List<String> lines) {
    return old.size() + lines.size() > MOST_COMPARED ? surplus(old, lines) : compared(old, lines);
  }

  private static Set<Integer> compared(List<String> old, List<String> lines) {
    Set<Integer> inserted = new TreeSet<>();
    for (Change change : new MyersDiffWithLinearSpace<String>().computeDiff(old, lines, null)) {
      if (change.deltaType == DeltaType.INSERT || change.deltaType == DeltaType.CHANGE) {
        for (int i = change.startRevised; i < change.endRevised; i++) {
          inserted.add(i);
        }
      }
    }
    return inserted;
  }

  /** The last of equal lines where there are more of them than before. */
  private static Set<Integer> surplus(List<String> old, List<String> lines) {
    Map<String, Integer> known = new HashMap<>();
    old.forEach(line -> known.merge(line, 1, Integer::sum));
    Set<Integer> surplus = new TreeSet<>();
    for (int i = 0; i < lines.size(); i++) {
      if (known.merge(lines.get(i), -1, Integer::sum) < 0) {
        surplus.add(i);
      }
    }
    return surplus;
  }
}
