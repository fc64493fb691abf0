package dev.capstan.api;

import java.util.List;

/**
 * A run's plan as it is once steps were added.
 *
 * @param applied whether they were; else this is a preview
 */
public record ChangedPlan(boolean applied, List<PlacedStep> steps) {
  public ChangedPlan {
    steps = List.copyOf(steps);
  }

  /**
   * One step in its place.
   *
   * @param change added, given up, or what else it waits for; "" if it is as it was
   */
  public record PlacedStep(
      String id, String title, String status, List<String> after, int priority, String change) {
    public PlacedStep {
      after = List.copyOf(after);
    }
  }
}
