package dev.capstan.verification;

import dev.capstan.verification.Measurement.Build;
import dev.capstan.verification.Measurement.Status;
import dev.capstan.verification.Measurement.TestCase;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * The cases after a change against those before, by id, in the order of their ids.
 *
 * @param failing passed before, fail or err now
 * @param missing passed before, not reported now
 * @param skipped passed before, skipped now
 * @param newlyFailing fail or err now, not reported or skipped before
 * @param preexisting fail or err now and before
 * @param seenAgain passed before, but fail on the commit before in the same sandbox as they do now,
 *     or did so when it was measured several times
 * @param goneBefore passed before, skipped or not reported now, and so on the commit before in the
 *     same sandbox
 * @param gone failed or erred before, skipped or not reported now
 * @param excused passed before, skipped or not reported now, which {@code JUDGE} answers for
 */
record Comparison(
    List<String> failing,
    List<String> missing,
    List<String> skipped,
    List<String> newlyFailing,
    List<String> preexisting,
    List<String> seenAgain,
    List<String> goneBefore,
    List<String> gone,
    List<String> excused) {

  /** How a case ended, or that it is not reported. */
  private enum Seen {
    PASSES,
    FAILS,
    SKIPPED,
    MISSING
  }

  static Comparison of(Measurement base, Measurement after, Optional<Measurement> baseAgain) {
    return new Sorter(seen(base), seen(after), Set.copyOf(base.flaky()), baseAgain).sort();
  }

  /** The same, but these cases are not missed. */
  Comparison excusing(Predicate<String> excuse) {
    List<String> let =
        Stream.concat(missing.stream(), skipped.stream()).filter(excuse).sorted().toList();
    Predicate<String> kept = id -> !let.contains(id);
    return new Comparison(
        failing,
        missing.stream().filter(kept).toList(),
        skipped.stream().filter(kept).toList(),
        newlyFailing,
        preexisting,
        seenAgain,
        goneBefore,
        gone,
        let);
  }

  boolean keepsWhatPassed() {
    return failing.isEmpty() && missing.isEmpty() && skipped.isEmpty() && newlyFailing.isEmpty();
  }

  private static Map<String, Seen> seen(Measurement measurement) {
    Map<String, Seen> seen = new HashMap<>();
    for (TestCase test : measurement.tests()) {
      seen.put(test.id(), seen(test.status()));
    }
    return seen;
  }

  private static Seen seen(Status status) {
    return switch (status) {
      case PASSED -> Seen.PASSES;
      case FAILED, ERROR -> Seen.FAILS;
      case SKIPPED -> Seen.SKIPPED;
    };
  }

  /** Puts each case into one of the lists. */
  private static final class Sorter {
    private final Map<String, Seen> before;
    private final Map<String, Seen> now;
    private final Map<String, Seen> again;
    private final Set<String> flaky;
    private final boolean absenceBelieved;
    private final Comparison lists =
        new Comparison(
            new ArrayList<>(),
            new ArrayList<>(),
            new ArrayList<>(),
            new ArrayList<>(),
            new ArrayList<>(),
            new ArrayList<>(),
            new ArrayList<>(),
            new ArrayList<>(),
            new ArrayList<>());

    Sorter(
        Map<String, Seen> before,
        Map<String, Seen> now,
        Set<String> flaky,
        Optional<Measurement> baseAgain) {
      this.flaky = flaky;
      this.before = before;
      this.now = now;
      this.again = baseAgain.map(Comparison::seen).orElse(Map.of());
      this.absenceBelieved = baseAgain.filter(Sorter::complete).isPresent();
    }

    /** That a case is not there says something only if the rest of the suite is. */
    private static boolean complete(Measurement measurement) {
      return measurement.build() instanceof Build.Built
          && measurement.problems().isEmpty()
          && measurement.executed() > 0;
    }

    Comparison sort() {
      before.forEach((id, was) -> place(id, was, now.getOrDefault(id, Seen.MISSING)));
      now.forEach((id, is) -> {
        if (!before.containsKey(id)) {
          place(id, Seen.MISSING, is);
        }
      });
      lists.all().forEach(list -> list.sort(Comparator.naturalOrder()));
      return lists;
    }

    private void place(String id, Seen was, Seen is) {
      switch (was) {
        case PASSES -> passedBefore(id, is);
        case FAILS -> failedBefore(id, is);
        case SKIPPED, MISSING -> {
          if (is == Seen.FAILS) {
            (sameAgain(id, is) ? lists.seenAgain : lists.newlyFailing).add(id);
          }
        }
      }
    }

    private void passedBefore(String id, Seen is) {
      if (is == Seen.PASSES) {
        return;
      }
      if (sameAgain(id, is)) {
        (is == Seen.FAILS ? lists.seenAgain : lists.goneBefore).add(id);
        return;
      }
      switch (is) {
        case FAILS -> lists.failing.add(id);
        case SKIPPED -> lists.skipped.add(id);
        case MISSING -> lists.missing.add(id);
        case PASSES -> throw new IllegalStateException("handled above");
      }
    }

    private void failedBefore(String id, Seen is) {
      switch (is) {
        case PASSES -> {}
        case FAILS -> lists.preexisting.add(id);
        case SKIPPED, MISSING -> lists.gone.add(id);
      }
    }

    private boolean sameAgain(String id, Seen is) {
      if (is == Seen.FAILS && flaky.contains(id)) {
        return true;
      }
      return is == Seen.MISSING ? absenceBelieved && !again.containsKey(id) : again.get(id) == is;
    }
  }

  private List<List<String>> all() {
    return List.of(
        failing, missing, skipped, newlyFailing, preexisting, seenAgain, goneBefore, gone, excused);
  }
}
