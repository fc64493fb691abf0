package dev.capstan.server.rest;

import dev.capstan.api.RunView.ConflictView;
import dev.capstan.control.records.Artifacts;
import dev.capstan.control.records.Artifacts.Artifact;
import dev.capstan.control.story.AttemptStory;
import dev.capstan.core.ContentHash;
import dev.capstan.core.RunId;
import dev.capstan.core.StepId;
import dev.capstan.core.evidence.Violation.Category;
import dev.capstan.worker.KeptConflicts;
import dev.capstan.workspace.artifact.ArtifactStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;

/** The lines of the conflicts that a run's attempts had, looked up only where one had any. */
final class AttemptConflicts {
  private final Artifacts artifacts;
  private final ArtifactStore store;
  private final RunId run;
  private Optional<List<Artifact>> known = Optional.empty();

  AttemptConflicts(Artifacts artifacts, ArtifactStore store, RunId run) {
    this.artifacts = artifacts;
    this.store = store;
    this.run = run;
  }

  List<ConflictView> of(StepId step, AttemptStory attempt) {
    if (attempt.violations().stream().noneMatch(one -> one.category() == Category.CONFLICT)) {
      return List.of();
    }
    return known().stream()
        .filter(one -> one.name().equals(KeptConflicts.NAME))
        .filter(one -> one.step().equals(step.value()))
        .filter(one -> one.attempt() == attempt.attempt().number() && store.holds(one.hash()))
        .flatMap(one -> read(one.hash()).stream())
        .toList();
  }

  private List<Artifact> known() {
    if (known.isEmpty()) {
      known = Optional.of(artifacts.of(run));
    }
    return known.get();
  }

  private List<ConflictView> read(ContentHash hash) {
    try {
      return KeptConflicts.read(store.text(hash)).stream()
          .map(clash -> new ConflictView(clash.path(), clash.lines()))
          .toList();
    } catch (IOException unreadable) {
      throw new UncheckedIOException("cannot read the conflicts of " + run, unreadable);
    }
  }
}
