package dev.capstan.verification.dilution;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiPredicate;

/**
 * Which test became which: first by name, then moved to another file, then renamed with the same
 * body, then both changed a little.
 */
final class TestPairs {
  private static final int MOST_COMPARED = 400;
  private static final double ALIKE = 0.75;
  private static final double NAMESAKE = 0.4;

  private final List<TestShape> before;
  private final List<TestShape> now;
  private final List<Pair> pairs = new ArrayList<>();

  record Pair(TestShape before, TestShape now) {
    boolean sameName() {
      return before.name().equals(now.name());
    }
  }

  private TestPairs(List<TestShape> before, List<TestShape> now) {
    this.before = new ArrayList<>(before);
    this.now = new ArrayList<>(now);
  }

  static TestPairs of(List<TestShape> before, List<TestShape> now) {
    TestPairs pairs = new TestPairs(before, now);
    pairs.match((a, b) -> a.name().equals(b.name()));
    pairs.match((a, b) ->
        a.name().name().equals(b.name().name())
            && a.name().containers().equals(b.name().containers()));
    pairs.match((a, b) -> a.body().equals(b.body()));
    if (pairs.before.size() <= MOST_COMPARED && pairs.now.size() <= MOST_COMPARED) {
      pairs.match((a, b) -> a.name().name().equals(b.name().name()) && alike(a, b) >= NAMESAKE);
      pairs.match((a, b) -> alike(a, b) >= ALIKE);
    }
    return pairs;
  }

  List<Pair> pairs() {
    return Collections.unmodifiableList(pairs);
  }

  /** Those that became nothing. */
  List<TestShape> gone() {
    return Collections.unmodifiableList(before);
  }

  private void match(BiPredicate<TestShape, TestShape> same) {
    for (TestShape old : List.copyOf(before)) {
      Optional<TestShape> found = now.stream().filter(other -> same.test(old, other)).findFirst();
      found.ifPresent(other -> {
        pairs.add(new Pair(old, other));
        before.remove(old);
        now.remove(other);
      });
    }
  }

  private static double alike(TestShape a, TestShape b) {
    Set<String> common = new HashSet<>(a.words());
    common.retainAll(b.words());
    int all = a.words().size() + b.words().size() - common.size();
    return all == 0 ? 0 : (double) common.size() / all;
  }
}
