package dev.capstan.server.rest;

import dev.capstan.api.CreateRun.PlanDocument;
import dev.capstan.api.Page;
import dev.capstan.api.RunView.AttemptView;
import dev.capstan.api.RunView.StepView;
import dev.capstan.control.access.Scope;
import dev.capstan.control.records.Artifacts;
import dev.capstan.control.records.RunQueries;
import dev.capstan.control.story.RunStory;
import dev.capstan.core.RunId;
import dev.capstan.server.auth.Allowed;
import dev.capstan.workspace.artifact.ArtifactStore;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** The plan of a run, its steps, and the attempts at them. */
@RestController
@RequestMapping("/api/v1/runs/{id}")
public final class StepController {
  private final RunQueries queries;
  private final Artifacts artifacts;
  private final ArtifactStore store;

  public StepController(RunQueries queries, Artifacts artifacts, ArtifactStore store) {
    this.queries = queries;
    this.artifacts = artifacts;
    this.store = store;
  }

  /** The plan as it is now, with what policy asked of it and what was added to it. */
  @Allowed(Scope.READER)
  @GetMapping("/plan")
  PlanDocument plan(@PathVariable String id) {
    return PlanDocuments.document(
        queries.find(new RunId(id)).orElseThrow(() -> noRun(id)).run().brief());
  }

  /** The steps of a run, in the order of its plan. */
  @Allowed(Scope.READER)
  @GetMapping("/steps")
  Page<StepView> steps(@PathVariable String id) {
    AttemptConflicts conflicts = new AttemptConflicts(artifacts, store, new RunId(id));
    return Pages.whole(RunViews.steps(story(id), conflicts));
  }

  /** One step with its attempts. */
  @Allowed(Scope.READER)
  @GetMapping("/steps/{step}")
  StepView step(@PathVariable String id, @PathVariable String step) {
    return steps(id).items().stream()
        .filter(one -> one.id().equals(step))
        .findFirst()
        .orElseThrow(() -> ApiException.notFound("run " + id + " has no step " + step));
  }

  /** One attempt at a step; they are numbered from 1. */
  @Allowed(Scope.READER)
  @GetMapping("/steps/{step}/attempts/{number}")
  AttemptView attempt(
      @PathVariable String id, @PathVariable String step, @PathVariable int number) {
    return step(id, step).attempts().stream()
        .filter(attempt -> attempt.number() == number)
        .findFirst()
        .orElseThrow(() ->
            ApiException.notFound("step " + step + " of run " + id + " has no attempt " + number));
  }

  private RunStory story(String id) {
    return RunStory.read(queries, new RunId(id)).orElseThrow(() -> noRun(id));
  }

  private static ApiException noRun(String id) {
    return ApiException.notFound("there is no run " + id);
  }
}
