package dev.capstan.server.rest;

import dev.capstan.api.CreateRun.PlanDocument;
import dev.capstan.api.Page;
import dev.capstan.api.RunView.AttemptView;
import dev.capstan.api.RunView.StepView;
import dev.capstan.control.records.RunQueries;
import dev.capstan.control.story.RunStory;
import dev.capstan.core.RunId;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** The plan of a run, its steps, and the attempts at them. */
@RestController
@RequestMapping("/api/v1/runs/{id}")
public final class StepController {
  private final RunQueries queries;

  public StepController(RunQueries queries) {
    this.queries = queries;
  }

  /** The plan as it is now, with what policy asked of it and what was added to it. */
  @GetMapping("/plan")
  PlanDocument plan(@PathVariable String id) {
    return PlanDocuments.document(
        queries.find(new RunId(id)).orElseThrow(() -> noRun(id)).run().brief());
  }

  /** The steps of a run, in the order of its plan. */
  @GetMapping("/steps")
  Page<StepView> steps(@PathVariable String id) {
    return Pages.whole(story(id).steps().stream().map(RunViews::step).toList());
  }

  /** One step with its attempts. */
  @GetMapping("/steps/{step}")
  StepView step(@PathVariable String id, @PathVariable String step) {
    return steps(id).items().stream()
        .filter(one -> one.id().equals(step))
        .findFirst()
        .orElseThrow(() -> ApiException.notFound("run " + id + " has no step " + step));
  }

  /** One attempt at a step; they are numbered from 1. */
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
