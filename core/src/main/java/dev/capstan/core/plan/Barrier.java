package dev.capstan.core.plan;

import dev.capstan.core.StepId;
import java.util.List;

/** What must be done before a step may start. */
public sealed interface Barrier {
  /** The steps it waits for. */
  List<StepId> steps();

  /** How many of them must be done. */
  int needed();

  /** Every one of them; none means at once. */
  record All(List<StepId> steps) implements Barrier {
    public All {
      steps = List.copyOf(steps);
    }

    @Override
    public int needed() {
      return steps.size();
    }
  }

  /** At least {@code needed} of them; one for "any". */
  record AtLeast(int needed, List<StepId> steps) implements Barrier {
    public AtLeast {
      steps = List.copyOf(steps);
      if (needed < 1 || needed > steps.size()) {
        throw new IllegalArgumentException(
            "a barrier over " + steps.size() + " steps cannot need " + needed + " of them");
      }
    }
  }
}
