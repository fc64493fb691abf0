package dev.capstan.server.rest;

import dev.capstan.api.AskModel;
import dev.capstan.api.CreateRun.EngineDocument;
import dev.capstan.api.CreateRun.PlanDocument;
import dev.capstan.api.GoalFinding;
import dev.capstan.api.ModelSaid;
import dev.capstan.api.Performer;
import dev.capstan.api.PlanGoal;
import dev.capstan.api.PlannedGoal;
import dev.capstan.api.StepGuess;
import dev.capstan.control.records.Projects.Project;
import dev.capstan.core.CommitId;
import dev.capstan.core.ProjectId;
import dev.capstan.engines.FindingCommand;
import dev.capstan.engines.planner.Catalogue;
import dev.capstan.engines.planner.Entry;
import dev.capstan.engines.planner.ModelPlanner;
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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Plans a goal for a repository as it is now: by rules, and by a model what is left, if one is
 * named.
 */
public final class GoalPlanner {
  private static final int LONGEST_GOAL = 2_000;
  private static final int LONGEST_ID = 40;

  private static final String STRANGE = "\" was not understood";

  private static final String NOBODY =
      ": no rule can do this, so say what does: a command after --, in which {file} is the file, {lines}"
          + " are its lines and {test} is the file to change, such as -- ./mend.sh {file} {test}."
          + " It is carried out for each file";

  private final Workshop workshop;
  private final ModelPlanning models;
  private final Consumer<Duration> took;
  private final RulePlanner planner = new RulePlanner(Catalogue.standard());

  /** {@code took} is told how long each planning took, whatever came out of it. */
  public GoalPlanner(Workshop workshop, ModelPlanning models, Consumer<Duration> took) {
    this.workshop = workshop;
    this.models = models;
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

  /** Asks a model once. Throws {@link ApiException} if it does not answer. */
  public ModelSaid ask(AskModel request) throws InterruptedException {
    Project project = WantedProject.of(workshop.projects(), request.project(), request.source());
    return new ModelSaid(models.ask(request, project.id()));
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
    Draft draft =
        workshop
            .git()
            .look(
                project.id(),
                commit,
                tree -> {
                  Code code =
                      new Code(
                          found.toolchain(),
                          new ProjectSources(
                              workshop, project.id(), commit, new TreeSources(tree)));
                  return request.tasks().isEmpty()
                      ? goal(request, code, estimates)
                      : tasks(request, code, estimates);
                });
    return draft.left().isEmpty() ? draft.planned() : completed(draft, project.id(), estimates);
  }

  /**
   * A plan by rules.
   *
   * @param left what a model is to plan, each by itself; none if there is nothing, or no model
   * @param ticks the task list and what is done of it by which step; empty where there is no list
   */
  private record Draft(
      PlannedGoal planned,
      PlannedSteps steps,
      List<ModelPlanner.Request> left,
      List<String> ticks) {
    static Draft whole(PlannedGoal planned) {
      return new Draft(planned, new PlannedSteps(), List.of(), List.of());
    }
  }

  private PlannedGoal completed(Draft draft, ProjectId project, Estimates estimates)
      throws InterruptedException {
    PlannedSteps steps = draft.steps();
    List<String> ticks = new ArrayList<>(draft.ticks());
    List<StepGuess> guesses = new ArrayList<>();
    for (ModelPlanner.Request left : draft.left()) {
      List<StepGuess> added = models.add(left.knowing(titles(steps)), project, steps);
      added.forEach(step -> ticks.add(step.step() + '=' + left.goal()));
      guesses.addAll(added);
    }
    if (!draft.ticks().isEmpty()) {
      tick(steps, ticks);
    }
    PlanDocument plan = steps.document();
    List<String> notes =
        draft.planned().notes().stream().filter(note -> !note.contains(STRANGE)).toList();
    return new PlannedGoal(plan, notes, estimates.of(plan), draft.planned().findings(), guesses);
  }

  private static Map<String, String> titles(PlannedSteps steps) {
    Map<String, String> titles = new LinkedHashMap<>();
    steps.document().steps().forEach(step -> titles.put(step.id(), step.title()));
    return titles;
  }

  private record Code(String toolchain, ProjectSources sources) {}

  private Draft goal(PlanGoal request, Code code, Estimates estimates) {
    Performer by = request.by();
    Result result = planner.plan(request.goal(), code.toolchain(), code.sources());
    PlannedSteps steps = new PlannedSteps();
    result.steps().forEach(planned -> steps.add(planned, by));
    List<String> notes = new ArrayList<>(notes(result, by));
    List<GoalFinding> findings = findings(result);
    if (by.performs() && findings.isEmpty()) {
      notes.add(
          "the command is for files in which something is found, and there are none;"
              + " for the text {file} itself write {{file}");
      return Draft.whole(new PlannedGoal(new PlanDocument(List.of()), notes, List.of(), findings));
    }
    PlanDocument plan = steps.document();
    return new Draft(
        new PlannedGoal(plan, notes, estimates.of(plan), findings),
        steps,
        left(request, result, code),
        List.of());
  }

  /**
   * The parts of a goal that mean nothing to the rules; the whole where they have nothing at all.
   */
  private List<ModelPlanner.Request> left(PlanGoal request, Result result, Code code) {
    if (request.planner().isEmpty() || result.strange().isEmpty()) {
      return List.of();
    }
    String goal =
        result.steps().isEmpty() ? request.goal() : String.join("; ", result.strange().keySet());
    return List.of(models.request(request, goal, code.toolchain(), code.sources()));
  }

  /** The open tasks one after the other; at the end the list is ticked. */
  private Draft tasks(PlanGoal request, Code code, Estimates estimates) {
    String path = request.tasks();
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
    List<ModelPlanner.Request> left = new ArrayList<>();
    Function<String, Result> rules = result(code, new HashMap<>());
    for (TaskList.Task task : TaskList.read(list).tasks()) {
      if (!task.done()) {
        List<String> ids = steps(task.text(), request.by(), rules, steps, notes, findings);
        ids.forEach(id -> ticks.add(id + '=' + task.text()));
        if (ids.isEmpty() && TaskCommand.of(task.text()).isEmpty()) {
          left.addAll(left(request.about(task.text()), rules.apply(task.text()), code));
        }
      }
    }
    if (left.isEmpty()) {
      tick(steps, ticks);
    }
    if (ticks.size() == 1 && notes.isEmpty()) {
      notes.add(path + " has no open task");
    }
    PlanDocument plan = steps.document();
    PlannedGoal planned = new PlannedGoal(plan, notes, estimates.of(plan), findings);
    return new Draft(planned, steps, left, ticks);
  }

  /** The last step ticks what is done, if anything is to be. */
  private static void tick(PlannedSteps steps, List<String> ticks) {
    String path = ticks.getFirst();
    if (ticks.size() > 1) {
      steps.addLast(
          "tick",
          "chore",
          "tick what is done in " + path,
          "The list says what is left.",
          new EngineDocument(EngineDocument.TASK_LIST, ticks),
          path);
    }
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
        .forEach((clause, nearest) -> notes.add("\"" + clause + STRANGE + offer(nearest)));
    return notes;
  }

  private static String offer(List<Entry> nearest) {
    return nearest.isEmpty()
        ? "; capstan catalogue shows what can be done by rules"
        : "; the nearest that can be done by rules: "
            + nearest.stream().map(Entry::title).collect(Collectors.joining(", "));
  }
}
