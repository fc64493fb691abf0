package dev.capstan.core.run;

import dev.capstan.core.StepId;

/** Something that was waited for, for too long. */
public sealed interface Timer {
  /** The run's own time limit. */
  record RunLimit() implements Timer {}

  /** The time limit of a step's barrier. */
  record BarrierLimit(StepId step) implements Timer {}
}
