package dev.capstan.core.run;

import dev.capstan.core.StepId;
import java.util.List;

/** The one thing at a time that may move or measure the tip of a run's branch. */
public sealed interface Lane {
  /** Nothing is under way. */
  record Free() implements Lane {}

  /** Verified steps join the branch, in this order. */
  record Integrating(List<StepId> steps, int failures) implements Lane {
    public Integrating {
      steps = List.copyOf(steps);
    }
  }

  /** The branch as a whole is measured. */
  record VerifyingTip(int failures) implements Lane {}

  /** The branch as a whole was measured and its gate did not open. */
  record TipHeld(String reason, boolean approvable) implements Lane {}
}
