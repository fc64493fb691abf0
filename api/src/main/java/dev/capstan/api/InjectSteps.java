package dev.capstan.api;

import dev.capstan.api.CreateRun.PlanDocument;

/**
 * Adds steps to the plan of a run; bound to a version of it by {@code If-Match}.
 *
 * @param plan the steps; they may wait for steps of the run
 * @param place where they stand
 * @param step the one they are put before or after; "" else
 * @param preview whether nothing is to change
 */
public record InjectSteps(PlanDocument plan, Place place, String step, boolean preview) {
  /** Where steps are put. */
  public enum Place {
    /** After all others; their priority decides when they start. */
    BY_PRIORITY,
    /** Before a step that has not begun, which waits for them. */
    BEFORE,
    /** After a step; what waits for it waits for them too. */
    AFTER,
    /** In place of every step that has not begun. */
    INSTEAD
  }
}
