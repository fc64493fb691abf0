package dev.capstan.server.rest;

import dev.capstan.control.records.Baselines.Known;
import dev.capstan.core.CommitId;
import dev.capstan.core.ProjectId;
import dev.capstan.verification.Measurement;
import dev.capstan.verification.MeasurementCodec;
import dev.capstan.worker.Workshop;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.stream.Stream;

/** What was measured of a commit. */
record Measured(CommitId commit, Measurement measurement) {
  /** So many are looked through. */
  private static final int NEWEST = 200;

  /** The latest of a project. */
  static Optional<Measured> latest(Workshop workshop, ProjectId project) {
    return read(workshop, project, known(workshop, project).findFirst());
  }

  /** The latest of that commit, or else of any: the branches of runs are measured too. */
  static Optional<Measured> nearest(Workshop workshop, ProjectId project, CommitId commit) {
    Optional<Known> own =
        known(workshop, project).filter(known -> known.commit().equals(commit)).findFirst();
    return own.isPresent() ? read(workshop, project, own) : latest(workshop, project);
  }

  /** Those that are still among the artifacts, newest first. */
  private static Stream<Known> known(Workshop workshop, ProjectId project) {
    return workshop.baselines().list(project, Optional.empty(), NEWEST).stream()
        .filter(known -> workshop.store().holds(known.baseline().measurement()));
  }

  private static Optional<Measured> read(
      Workshop workshop, ProjectId project, Optional<Known> known) {
    if (known.isEmpty()) {
      return Optional.empty();
    }
    try {
      String json = workshop.store().text(known.get().baseline().measurement());
      return Optional.of(new Measured(known.get().commit(), MeasurementCodec.read(json)));
    } catch (IOException unreadable) {
      throw new UncheckedIOException("cannot read what was measured of " + project, unreadable);
    }
  }
}
