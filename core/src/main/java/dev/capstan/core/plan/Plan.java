package dev.capstan.core.plan;

import dev.capstan.core.StepId;
import java.util.List;

/** The steps of a run, in the order they were planned. Make one with {@link #faults} empty. */
public record Plan(List<Step> steps) {
  public Plan {
    steps = List.copyOf(steps);
  }

  /** What makes this plan unacceptable; empty if it may run. */
  public List<PlanFault> faults() {
    return PlanFaults.of(this);
  }

  /** The step with that id. Throws {@link IllegalArgumentException} if the plan has none. */
  public Step step(StepId id) {
    for (Step step : steps) {
      if (step.id().equals(id)) {
        return step;
      }
    }
    throw new IllegalArgumentException("the plan has no step " + id);
  }
}
