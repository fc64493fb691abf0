package dev.capstan.worker;

import dev.capstan.control.LeasedTask;
import dev.capstan.core.run.Baseline;
import dev.capstan.verification.Measurement;
import dev.capstan.verification.MeasurementCodec;
import java.io.IOException;
import java.util.Optional;

/** What was measured before a change. */
final class PriorMeasurements {
  private final Workshop workshop;
  private final LeasedTask leased;

  PriorMeasurements(Workshop workshop, LeasedTask leased) {
    this.workshop = workshop;
    this.leased = leased;
  }

  /**
   * What the change is compared with: the commit it was made from if that was measured alike, else
   * the base.
   */
  Measurement of(Subject subject, Recipe recipe) throws IOException {
    Optional<Baseline> from =
        workshop.baselines().find(leased.project(), subject.from(), recipe.hash());
    if (from.isPresent()) {
      return read(from.get());
    }
    if (subject.baseline().recipe().equals(recipe.hash())) {
      return read(subject.baseline());
    }
    return Measurements.notComparable(
        "the change alters how the project is built or tested, so nothing comparable was measured before");
  }

  private Measurement read(Baseline baseline) throws IOException {
    return MeasurementCodec.read(workshop.store().text(baseline.measurement()));
  }
}
