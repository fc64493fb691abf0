package dev.capstan.server.rest;

import dev.capstan.api.CreateRun.EngineDocument;
import dev.capstan.api.CreateRun.PlanDocument;
import dev.capstan.api.CreateRun.StepDocument;
import dev.capstan.api.PlanGoal;
import dev.capstan.api.PlannedGoal;
import dev.capstan.control.records.Projects.Project;
import dev.capstan.core.CommitId;
import dev.capstan.core.ProjectId;
import dev.capstan.engines.planner.Catalogue;
import dev.capstan.engines.planner.Entry;
import dev.capstan.engines.planner.RulePlanner;
import dev.capstan.engines.planner.RulePlanner.Planned;
import dev.capstan.engines.planner.RulePlanner.Result;
import dev.capstan.engines.planner.TreeSources;
import dev.capstan.worker.Workshop;
import dev.capstan.workspace.validation.Finding;
import dev.capstan.workspace.validation.Validated;
import dev.capstan.workspace.validation.Validation;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Plans a goal for a repository as it is now. */
final class GoalPlanner {
  private static final int LONGEST_GOAL = 2_000;

  private final Workshop workshop;
  private final RulePlanner planner = new RulePlanner(Catalogue.standard());

  GoalPlanner(Workshop workshop) {
    this.workshop = workshop;
  }

  PlannedGoal plan(PlanGoal request) throws InterruptedException {
    if (request.goal().isBlank() || request.goal().length() > LONGEST_GOAL) {
      throw ApiException.invalid("a goal has 1 to " + LONGEST_GOAL + " characters");
    }
    Project project = project(request);
    Validated found = Validation.of(workshop.git(), project.id(), project.source(), request.base());
    if (found.commit().isEmpty()) {
      throw ApiException.invalid(
          found.findings().stream()
              .filter(one -> one.state() == Finding.State.BAD)
              .map(one -> one.detail() + "; " + one.remedy())
              .findFirst()
              .orElse("the repository cannot be read"));
    }
    Result result =
        workshop
            .git()
            .look(
                project.id(),
                new CommitId(found.commit()),
                tree -> planner.plan(request.goal(), found.toolchain(), new TreeSources(tree)));
    return new PlannedGoal(document(result.steps()), notes(result));
  }

  private Project project(PlanGoal request) {
    if (!request.project().isEmpty()) {
      Optional<Project> known = workshop.projects().find(new ProjectId(request.project()));
      if (known.isPresent()) {
        return known.get();
      }
    }
    if (request.source().isBlank()) {
      throw ApiException.invalid("name a project or its source: a URL or an absolute path");
    }
    return new Project(RunCreation.derived(request.source()), request.source(), 1);
  }

  /** One after the other: each recipe is to see what the one before has made of the code. */
  private static PlanDocument document(List<Planned> planned) {
    List<StepDocument> steps = new ArrayList<>();
    for (Planned one : planned) {
      List<String> after = steps.isEmpty() ? List.of() : List.of(steps.getLast().id());
      steps.add(step(one, after));
    }
    return new PlanDocument(steps);
  }

  private static StepDocument step(Planned planned, List<String> after) {
    Entry entry = planned.entry();
    String engine = entry.recipes() == null ? EngineDocument.COMMAND : EngineDocument.OPENREWRITE;
    return new StepDocument(
        entry.id(),
        entry.kind(),
        entry.title(),
        entry.reason() + "\n\nFound in " + planned.because() + '.',
        List.of(new EngineDocument(engine, planned.arguments())),
        after,
        0,
        Entry.orNone(entry.scope()),
        Entry.orNone(entry.judge()),
        Map.of(),
        List.of(),
        0,
        0,
        0,
        1,
        1,
        true,
        false);
  }

  private static List<String> notes(Result result) {
    List<String> notes = new ArrayList<>();
    result.idle().forEach((entry, why) -> notes.add(entry + " is left out: " + why));
    result
        .strange()
        .forEach((clause, nearest) ->
            notes.add("\"" + clause + "\" was not understood" + offer(nearest)));
    return notes;
  }

  private static String offer(List<Entry> nearest) {
    return nearest.isEmpty()
        ? "; capstan catalogue shows what can be done by rules"
        : "; the nearest that can be done by rules: "
            + nearest.stream().map(Entry::title).collect(Collectors.joining(", "));
  }
}
