package dev.capstan.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Function;

/** At which places the files to be found were found. */
final class Ranks {
  static final String HEAD = "MRR@10 | R@1 | R@5 | R@10 | R@20 |";

  private final List<Asked> asked = new ArrayList<>();

  private record Asked(Set<String> wanted, List<String> found, boolean leaks, double millis) {
    /** From 1; 0 if none was found. */
    int first() {
      for (int i = 0; i < found.size(); i++) {
        if (wanted.contains(found.get(i))) {
          return i + 1;
        }
      }
      return 0;
    }
  }

  /** Means over questions; recall is the share of questions of which a file is among the first. */
  record Means(int count, double reciprocal, double one, double five, double ten, double twenty) {
    String cells() {
      return String.format(
          Locale.ROOT, "%.3f | %.3f | %.3f | %.3f | %.3f |", reciprocal, one, five, ten, twenty);
    }
  }

  void add(HeldOutCommit commit, List<String> found, double millis) {
    asked.add(new Asked(commit.changed(), found, commit.leaks(), millis));
  }

  Means all() {
    return means(asked);
  }

  Means withoutLeaks() {
    return means(asked.stream().filter(one -> !one.leaks()).toList());
  }

  private static Means means(List<Asked> some) {
    return new Means(
        some.size(),
        mean(some, one -> one.first() == 0 || one.first() > 10 ? 0.0 : 1.0 / one.first()),
        within(some, 1),
        within(some, 5),
        within(some, 10),
        within(some, 20));
  }

  private static double within(List<Asked> some, int place) {
    return mean(some, one -> one.first() > 0 && one.first() <= place ? 1.0 : 0.0);
  }

  private static double mean(List<Asked> some, Function<Asked, Double> value) {
    return some.stream().mapToDouble(value::apply).average().orElse(0);
  }

  double millis(double quantile) {
    List<Double> sorted = asked.stream().map(Asked::millis).sorted().toList();
    return sorted.get((int) (quantile * (sorted.size() - 1)));
  }

  /** The mean over repositories. */
  static String average(List<Ranks> all, Function<Ranks, Means> which) {
    List<Means> means = all.stream().map(which).toList();
    return new Means(
            0,
            over(means, Means::reciprocal),
            over(means, Means::one),
            over(means, Means::five),
            over(means, Means::ten),
            over(means, Means::twenty))
        .cells();
  }

  private static double over(List<Means> means, Function<Means, Double> value) {
    return means.stream().mapToDouble(value::apply).average().orElse(0);
  }
}
