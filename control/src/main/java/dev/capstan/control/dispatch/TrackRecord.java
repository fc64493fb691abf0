package dev.capstan.control.dispatch;

import dev.capstan.control.LeasedTask;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/**
 * How long a worker took for what kind of task and how often it was done well; recent ones count
 * more.
 */
final class TrackRecord {
  private static final double WEIGHT_OF_LATEST = 0.2;
  private static final double LEAST_SUCCESS = 0.05;

  private final Map<String, Figures> figures = new HashMap<>();

  /**
   * For one kind of task.
   *
   * @param seconds and {@code success}, from 0 to 1, are moving means
   */
  record Figures(long tasks, double seconds, double success) {
    Figures with(double seconds, boolean done) {
      double weight = tasks == 0 ? 1 : WEIGHT_OF_LATEST;
      return new Figures(
          tasks + 1,
          this.seconds + weight * (seconds - this.seconds),
          success + weight * ((done ? 1 : 0) - success));
    }
  }

  private static String key(LeasedTask task) {
    return task.engine().map(engine -> task.kind() + ' ' + engine).orElse(task.kind());
  }

  void add(LeasedTask task, Duration took, boolean done) {
    figures.merge(
        key(task),
        new Figures(0, 0, 0).with(seconds(took), done),
        (known, _) -> known.with(seconds(took), done));
  }

  private static double seconds(Duration took) {
    return took.toNanos() / 1e9;
  }

  /** How long such a task takes until it is done well; 0 for one that was never tried. */
  double expectedSeconds(LeasedTask task) {
    Figures known = figures.get(key(task));
    return known == null ? 0 : known.seconds() / Math.max(LEAST_SUCCESS, known.success());
  }

  Map<String, Figures> figures() {
    return Map.copyOf(figures);
  }
}
