package dev.capstan.worker;

import dev.capstan.control.LeasedTask;
import dev.capstan.control.records.Artifacts.Artifact;
import dev.capstan.core.ContentHash;
import dev.capstan.core.run.Baseline;
import dev.capstan.core.run.RunCommand;
import dev.capstan.core.run.Task;
import dev.capstan.verification.Measurement;
import dev.capstan.verification.MeasurementCodec;
import dev.capstan.worker.WorkFolders.Folder;
import dev.capstan.workspace.validation.Peculiarities;
import java.io.IOException;
import java.util.Optional;

/** Measures the base commit, once for each commit and way of measuring. */
final class BaselineActivity {
  private final Workshop workshop;
  private final Journal journal;

  BaselineActivity(Workshop workshop, Journal journal) {
    this.workshop = workshop;
    this.journal = journal;
  }

  RunCommand perform(LeasedTask leased, Task.MeasureBaseline task)
      throws IOException, InterruptedException {
    try (Folder folder = workshop.folders().open(leased, task.base(), "base")) {
      Measurer measurer = new Measurer(workshop, journal, leased);
      Recipe recipe = measurer.recipe(folder);
      Optional<Baseline> known =
          workshop.baselines().find(leased.project(), task.base(), recipe.hash());
      if (known.isPresent() && isWorthKeeping(known.get())) {
        journal.note("this commit was measured before: " + known.get().summary());
        return new RunCommand.ReportBaseline(known.get());
      }
      Peculiarities.of(workshop.git().inventory(leased.project(), task.base()))
          .forEach(one -> journal.note(one.name() + ": " + one.detail()));
      Measurement measurement = measurer.measure(folder, recipe, Trust.BASE);
      ContentHash hash = workshop.store().keep(MeasurementCodec.write(measurement));
      Baseline baseline = new Baseline(hash, recipe.hash(), measurement.summary());
      workshop.baselines().keep(leased.project(), task.base(), baseline);
      workshop
          .artifacts()
          .add(
              new Artifact(
                  leased.run(), "", 0, "baseline.json", hash, workshop.store().size(hash)));
      return new RunCommand.ReportBaseline(baseline);
    }
  }

  /**
   * What went wrong without a test that failed is tried again: the machine may be mended by now.
   */
  private boolean isWorthKeeping(Baseline known) throws IOException {
    return workshop.store().holds(known.measurement())
        && MeasurementCodec.read(workshop.store().text(known.measurement())).isExplained();
  }
}
