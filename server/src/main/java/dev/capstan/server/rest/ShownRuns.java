package dev.capstan.server.rest;

import dev.capstan.api.RunView;
import dev.capstan.control.records.Artifacts;
import dev.capstan.control.records.RunQueries;
import dev.capstan.control.story.RunStory;
import dev.capstan.core.RunId;
import dev.capstan.core.StepId;
import dev.capstan.core.run.RunEvent;
import dev.capstan.models.records.ModelCallQueries;
import dev.capstan.workspace.artifact.ArtifactStore;
import org.springframework.http.ResponseEntity;

/** Runs that whoever asks may see, as the API shows them. */
public final class ShownRuns {
  private final RunQueries queries;
  private final Artifacts artifacts;
  private final ArtifactStore store;
  private final ModelCallQueries modelCalls;

  public ShownRuns(
      RunQueries queries, Artifacts artifacts, ArtifactStore store, ModelCallQueries modelCalls) {
    this.modelCalls = modelCalls;
    this.queries = queries;
    this.artifacts = artifacts;
    this.store = store;
  }

  /** Throws {@link ApiException} if it is not there. */
  public RunQueries.Found find(String id) {
    return queries
        .find(new RunId(id))
        .orElseThrow(() -> ApiException.notFound("there is no run " + id));
  }

  /** As it is, tagged with its version. */
  ResponseEntity<RunView> show(String id) {
    RunQueries.Found found = find(id);
    return EntityTags.tagged(found.version(), view(found));
  }

  public RunView view(RunQueries.Found found) {
    return RunViews.view(
        found,
        RunStory.of(queries, found),
        new AttemptConflicts(artifacts, store, found.run().brief().run()),
        modelCalls.spentBy(found.run().brief().run()));
  }

  /** How many events a run had when that step was yet to begin. */
  long before(String id, StepId step) {
    long version = find(id).version();
    long after = 0;
    while (after < version) {
      for (RunQueries.Recorded recorded : queries.events(new RunId(id), after, PAGE)) {
        if (recorded.event() instanceof RunEvent.StepStarted(var started, _, _)
            && started.equals(step)) {
          return recorded.version() - 1;
        }
        after = recorded.version();
      }
    }
    throw ApiException.notFound("step " + step + " of run " + id + " has not begun");
  }

  private static final int PAGE = 1_000;
}
