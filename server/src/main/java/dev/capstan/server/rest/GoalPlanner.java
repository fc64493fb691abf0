package dev.capstan.server.rest;

import dev.capstan.api.CreateRun.EngineDocument;
import dev.capstan.api.PlanGoal;
import dev.capstan.api.PlannedGoal;
import dev.capstan.control.records.Projects.Project;
import dev.capstan.core.CommitId;
import dev.capstan.engines.planner.Catalogue;
import dev.capstan.engines.planner.Entry;
import dev.capstan.engines.planner.RulePlanner;
import dev.capstan.engines.planner.RulePlanner.Result;
import dev.capstan.engines.planner.TreeSources;
import dev.capstan.engines.tasklist.TaskCommand;
import dev.capstan.engines.tasklist.TaskList;
import dev.capstan.worker.Workshop;
import dev.capstan.workspace.validation.Finding;
import dev.capstan.workspace.validation.Validated;
import dev.capstan.workspace.validation.Validation;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Plans a goal for a repository as it is now. */
public final class GoalPlanner {
  private static final int LONGEST_GOAL = 2_000;
  private static final int LONGEST_ID = 40;

  private final Workshop workshop;
  private final RulePlanner planner = new RulePlanner(Catalogue.standard());

  public GoalPlanner(Workshop workshop) {
    this.workshop = workshop;
  }

  /** Throws {@link ApiException} if the repository cannot be read. */
  public PlannedGoal plan(PlanGoal request) throws InterruptedException {
    if (request.tasks().isEmpty()
        && (request.goal().isBlank() || request.goal().length() > LONGEST_GOAL)) {
      throw ApiException.invalid("a goal has 1 to " + LONGEST_GOAL + " characters");
    }
    Project project = WantedProject.of(workshop.projects(), request.project(), request.source());
    Validated found = Validation.of(workshop.git(), project.id(), project.source(), request.base());
    if (found.commit().isEmpty()) {
      throw ApiException.invalid(
          found.findings().stream()
              .filter(one -> one.state() == Finding.State.BAD)
              .map(one -> one.detail() + "; " + one.remedy())
              .findFirst()
              .orElse("the repository cannot be read"));
    }
    Estimates estimates = Estimates.of(workshop, project.id());
    return workshop
        .git()
        .look(
            project.id(),
            new CommitId(found.commit()),
            tree ->
                request.tasks().isEmpty()
                    ? goal(request.goal(), found.toolchain(), new TreeSources(tree), estimates)
                    : tasks(request.tasks(), found.toolchain(), new TreeSources(tree), estimates));
  }

  private PlannedGoal goal(
      String goal, String toolchain, TreeSources sources, Estimates estimates) {
    Result result = planner.plan(goal, toolchain, sources);
    PlannedSteps steps = new PlannedSteps();
    result.steps().forEach(steps::add);
    return new PlannedGoal(steps.document(), notes(result), estimates.of(steps.document()));
  }

  /** The open tasks one after the other; at the end the list is ticked. */
  private PlannedGoal tasks(
      String path, String toolchain, TreeSources sources, Estimates estimates) {
    String list =
        sources
            .text(path)
            .orElseThrow(() ->
                ApiException.invalid(
                    "there is no task list "
                        + path
                        + " in the repository, or it is no small file"));
    PlannedSteps steps = new PlannedSteps();
    List<String> notes = new ArrayList<>();
    List<String> ticks = new ArrayList<>(List.of(path));
    Map<String, List<String>> known = new HashMap<>();
    for (TaskList.Task task : TaskList.read(list).tasks()) {
      if (!task.done()) {
        steps(task.text(), result(toolchain, sources, known), steps, notes)
            .forEach(id -> ticks.add(id + '=' + task.text()));
      }
    }
    if (ticks.size() > 1) {
      steps.add(
          "tick",
          "chore",
          "tick what is done in " + path,
          "The list says what is left.",
          List.of(new EngineDocument(EngineDocument.TASK_LIST, ticks)),
          List.of(path),
          List.of());
    } else if (notes.isEmpty()) {
      notes.add(path + " has no open task");
    }
    return new PlannedGoal(steps.document(), notes, estimates.of(steps.document()));
  }

  private Function<String, Result> result(
      String toolchain, TreeSources sources, Map<String, List<String>> known) {
    return goal -> planner.plan(goal, toolchain, sources, known);
  }

  /** Adds the steps of a task; returns those that do it, or none if it is not all understood. */
  private static List<String> steps(
      String task, Function<String, Result> rules, PlannedSteps steps, List<String> notes) {
    Optional<TaskCommand> command = TaskCommand.of(task);
    if (command.isPresent()) {
      return List.of(
          steps.add(
              id(command.get().title()),
              "chore",
              command.get().title(),
              "",
              List.of(EngineDocument.command(command.get().arguments())),
              List.of(),
              List.of()));
    }
    Result result = rules.apply(task);
    notes.addAll(notes(result));
    List<String> added = result.steps().stream().map(steps::add).toList();
    boolean whole = result.idle().isEmpty() && result.strange().isEmpty();
    return whole ? added : List.of();
  }

  private static String id(String words) {
    String slug = words.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-");
    String cut = slug.substring(0, Math.min(LONGEST_ID, slug.length())).replaceAll("^-+|-+$", "");
    return cut.isEmpty() ? "task" : cut;
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
