package dev.capstan.server.rest;

import dev.capstan.api.AskModel;
import dev.capstan.api.CatalogueEntry;
import dev.capstan.api.CreateRun.PlanDocument;
import dev.capstan.api.EstimatePlan;
import dev.capstan.api.ModelSaid;
import dev.capstan.api.PlanGoal;
import dev.capstan.api.PlannedGoal;
import dev.capstan.api.StepEstimate;
import dev.capstan.control.access.Scope;
import dev.capstan.control.records.Projects.Project;
import dev.capstan.core.plan.Plan;
import dev.capstan.core.run.Refusal;
import dev.capstan.engines.planner.Catalogue;
import dev.capstan.server.auth.Allowed;
import dev.capstan.worker.Workshop;
import java.util.List;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Plans that no run has yet. */
@RestController
@RequestMapping("/api/v1/plans")
public final class PlanController {
  private final GoalPlanner planner;
  private final EngineCheck engines;
  private final Workshop workshop;

  public PlanController(Workshop workshop, GoalPlanner planner) {
    this.planner = planner;
    this.workshop = workshop;
    this.engines = new EngineCheck(workshop.engines());
  }

  /**
   * Plans a goal by rules, and by a model what is left if one is named. Nothing is carried out;
   * looking at the repository fetches it.
   */
  @Allowed(Scope.OPERATOR)
  @PostMapping
  PlannedGoal plan(@RequestBody PlanGoal request) throws InterruptedException {
    return planner.plan(Bodies.complete(request));
  }

  /** Asks a model once. What it takes counts in the budgets of the project and the month. */
  @Allowed(Scope.OPERATOR)
  @PostMapping("/answers")
  ModelSaid ask(@RequestBody AskModel request) throws InterruptedException {
    return planner.ask(Bodies.complete(request));
  }

  /** What can be planned by rules; with words, the entries nearest to them. */
  @Allowed(Scope.READER)
  @GetMapping("/catalogue")
  List<CatalogueEntry> catalogue(@RequestParam(defaultValue = "") String words) {
    Catalogue catalogue = Catalogue.standard();
    return (words.isBlank() ? catalogue.entries() : catalogue.nearest(words))
        .stream()
            .map(entry ->
                new CatalogueEntry(entry.id(), entry.title(), entry.builds(), entry.reason()))
            .toList();
  }

  /** What may be expected of the steps of a plan. */
  @Allowed(Scope.READER)
  @PostMapping("/estimates")
  List<StepEstimate> estimates(@RequestBody EstimatePlan request) {
    Bodies.complete(request);
    Project project = WantedProject.of(workshop.projects(), request.project(), request.source());
    return Estimates.of(workshop, project.id()).of(request.plan());
  }

  /** Refuses a plan that no run could carry out; answers with the plan itself. */
  @Allowed(Scope.READER)
  @PostMapping("/check")
  PlanDocument check(@RequestBody PlanDocument document) {
    Plan plan = PlanDocuments.plan(Bodies.complete(document));
    engines.require(plan);
    var faults = plan.faults();
    if (!faults.isEmpty()) {
      throw ApiException.invalid(new Refusal.BadPlan(faults).message());
    }
    return document;
  }
}
