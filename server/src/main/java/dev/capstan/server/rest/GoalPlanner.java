package dev.capstan.server.rest;

import dev.capstan.api.CreateRun.EngineDocument;
import dev.capstan.api.CreateRun.PlanDocument;
import dev.capstan.api.GoalFinding;
import dev.capstan.api.Performer;
import dev.capstan.api.PlanGoal;
import dev.capstan.api.PlannedGoal;
import dev.capstan.control.records.Projects.Project;
import dev.capstan.core.CommitId;
import dev.capstan.engines.FindingCommand;
import dev.capstan.engines.planner.Catalogue;
import dev.capstan.engines.planner.Entry;
import dev.capstan.engines.planner.RulePlanner;
import dev.capstan.engines.planner.RulePlanner.Planned;
import dev.capstan.engines.planner.RulePlanner.Result;
import dev.capstan.engines.planner.TreeSources;
import dev.capstan.engines.tasklist.TaskCommand;
import dev.capstan.engines.tasklist.TaskList;
import dev.capstan.worker.Workshop;
import dev.capstan.workspace.validation.Finding;
import dev.capstan.workspace.validation.Validated;
import dev.capstan.workspace.validation.Validation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Plans a goal for a repository as it is now. */
public final class GoalPlanner {
  private static final int LONGEST_GOAL = 2_000;
  private static final int LONGEST_ID = 40;

  private static final String NOBODY =
      ": no rule can do this, so say what does: a command after --, in which {file} is the file, {lines}"
          + " are its lines and {test} is the file to change, such as -- ./mend.sh {file} {test}."
          + " It is carried out for each file";

  private final Workshop workshop;
  private final Consumer<Duration> took;
  private final RulePlanner planner = new RulePlanner(Catalogue.standard());

  /** {@code took} is told how long each planning took, whatever came out of it. */
  public GoalPlanner(Workshop workshop, Consumer<Duration> took) {
    this.workshop = workshop;
    this.took = took;
  }

  /** Throws {@link ApiException} if the repository cannot be read. */
  public PlannedGoal plan(PlanGoal request) throws InterruptedException {
    long began = System.nanoTime();
    try {
      return planned(request);
    } finally {
      took.accept(Duration.ofNanos(System.nanoTime() - began));
    }
  }

  private PlannedGoal planned(PlanGoal request) throws InterruptedException {
    if (request.tasks().isEmpty()
        && (request.goal().isBlank() || request.goal().length() > LONGEST_GOAL)) {
      throw ApiException.invalid("a goal has 1 to " + LONGEST_GOAL + " characters");
    }
    if (request.by().performs()) {
      FindingCommand.fault(request.by().command())
          .ifPresent(why -> {
            throw ApiException.invalid(why);
          });
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
    CommitId commit = new CommitId(found.commit());
    return workshop
        .git()
        .look(
            project.id(),
            commit,
            tree -> {
              Code code =
                  new Code(
                      found.toolchain(),
                      new ProjectSources(workshop, project.id(), commit, new TreeSources(tree)));
              return request.tasks().isEmpty()
                  ? goal(request.goal(), request.by(), code, estimates)
                  : tasks(request.tasks(), request.by(), code, estimates);
            });
  }

  private record Code(String toolchain, ProjectSources sources) {}

  private PlannedGoal goal(String goal, Performer by, Code code, Estimates estimates) {
    Result result = planner.plan(goal, code.toolchain(), code.sources());
    PlannedSteps steps = new PlannedSteps();
    result.steps().forEach(planned -> steps.add(planned, by));
    List<String> notes = new ArrayList<>(notes(result, by));
    List<GoalFinding> findings = findings(result);
    if (by.performs() && findings.isEmpty()) {
      notes.add(
          "the command is for files in which something is found, and there are none;"
              + " for the text {file} itself write {{file}");
      return new PlannedGoal(new PlanDocument(List.of()), notes, List.of(), findings);
    }
    return new PlannedGoal(steps.document(), notes, estimates.of(steps.document()), findings);
  }

  /** The open tasks one after the other; at the end the list is ticked. */
  private PlannedGoal tasks(String path, Performer by, Code code, Estimates estimates) {
    String list =
        code.sources()
            .text(path)
            .orElseThrow(() ->
                ApiException.invalid(
                    "there is no task list "
                        + path
                        + " in the repository, or it is no small file"));
    PlannedSteps steps = new PlannedSteps();
    List<String> notes = new ArrayList<>();
    List<GoalFinding> findings = new ArrayList<>();
    List<String> ticks = new ArrayList<>(List.of(path));
    Map<String, List<String>> known = new HashMap<>();
    for (TaskList.Task task : TaskList.read(list).tasks()) {
      if (!task.done()) {
        steps(task.text(), by, result(code, known), steps, notes, findings)
            .forEach(id -> ticks.add(id + '=' + task.text()));
      }
    }
    if (ticks.size() > 1) {
      steps.addLast(
          "tick",
          "chore",
          "tick what is done in " + path,
          "The list says what is left.",
          new EngineDocument(EngineDocument.TASK_LIST, ticks),
          path);
    } else if (notes.isEmpty()) {
      notes.add(path + " has no open task");
    }
    return new PlannedGoal(steps.document(), notes, estimates.of(steps.document()), findings);
  }

  private Function<String, Result> result(Code code, Map<String, List<String>> known) {
    return goal -> planner.plan(goal, code.toolchain(), code.sources(), known);
  }

  /** Adds the steps of a task; returns those that do it, or none if it is not all understood. */
  private static List<String> steps(
      String task,
      Performer by,
      Function<String, Result> rules,
      PlannedSteps steps,
      List<String> notes,
      List<GoalFinding> findings) {
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
    notes.addAll(notes(result, by));
    findings.addAll(findings(result));
    List<List<String>> added =
        result.steps().stream().map(planned -> steps.add(planned, by)).toList();
    boolean whole =
        result.idle().isEmpty()
            && result.strange().isEmpty()
            && added.stream().noneMatch(List::isEmpty);
    return whole ? added.stream().flatMap(List::stream).toList() : List.of();
  }

  private static String id(String words) {
    String slug = words.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-");
    String cut = slug.substring(0, Math.min(LONGEST_ID, slug.length())).replaceAll("^-+|-+$", "");
    return cut.isEmpty() ? "task" : cut;
  }

  private static List<GoalFinding> findings(Result result) {
    return result.steps().stream()
        .flatMap(planned ->
            planned.found().spots().stream()
                .map(spot ->
                    new GoalFinding(
                        planned.entry().id(),
                        spot.file(),
                        spot.lines(),
                        spot.mended(),
                        spot.why())))
        .toList();
  }

  private static List<String> notes(Result result, Performer by) {
    List<String> notes = new ArrayList<>();
    for (Planned planned : result.steps()) {
      String id = planned.entry().id();
      planned.found().notes().forEach(note -> notes.add(id + ": " + note));
      if (planned.entry().finds() != null && !by.performs()) {
        notes.add(id + NOBODY);
      }
    }
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
