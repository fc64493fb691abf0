package dev.capstan.bench;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Durations, in nanoseconds, and their quantiles. */
final class Samples {
  private final List<Long> nanoseconds = new ArrayList<>();

  void add(long duration) {
    synchronized (nanoseconds) {
      nanoseconds.add(duration);
    }
  }

  int count() {
    synchronized (nanoseconds) {
      return nanoseconds.size();
    }
  }

  void clear() {
    synchronized (nanoseconds) {
      nanoseconds.clear();
    }
  }

  /** Under the name of what takes that long. */
  List<Figure> figures(String subject, String what) {
    return List.of(
        new Figure(subject, what + " p50, ms", quantile(0.50)),
        new Figure(subject, what + " p95, ms", quantile(0.95)),
        new Figure(subject, what + " p99, ms", quantile(0.99)));
  }

  /** The smallest sample that at least that share does not exceed, in milliseconds. */
  double quantile(double share) {
    List<Long> sorted = new ArrayList<>(nanoseconds);
    Collections.sort(sorted);
    return sorted.get((int) Math.ceil(share * sorted.size()) - 1) / 1e6;
  }
}
