package dev.capstan.server.mcp;

import dev.capstan.api.Action;
import dev.capstan.api.ActionRequest;
import dev.capstan.api.CreateRun;
import dev.capstan.api.CreateRun.EngineDocument;
import dev.capstan.api.CreateRun.PlanDocument;
import dev.capstan.api.CreateRun.StepDocument;
import dev.capstan.api.Performer;
import dev.capstan.api.PlanGoal;
import dev.capstan.api.PlannedGoal;
import dev.capstan.api.RunView;
import dev.capstan.api.RunView.AttemptView;
import dev.capstan.api.RunView.CheckView;
import dev.capstan.api.RunView.StepView;
import dev.capstan.control.RunService.Request;
import dev.capstan.control.access.Scope;
import dev.capstan.control.records.RunQueries;
import dev.capstan.control.records.RunQueries.Found;
import dev.capstan.control.records.RunQueries.Wanted;
import dev.capstan.core.RunId;
import dev.capstan.server.auth.Callers;
import dev.capstan.server.rest.ApiException;
import dev.capstan.server.rest.GoalPlanner;
import dev.capstan.server.rest.Problems;
import dev.capstan.server.rest.RunActions;
import dev.capstan.server.rest.RunStart;
import dev.capstan.server.rest.ShownRuns;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * Runs: the tools of those who have changes made. They are there only where that was switched on.
 */
public final class RunTools {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss", Locale.ROOT).withZone(ZoneOffset.UTC);
  private static final int USUAL_TOKENS = 2_000;
  private static final int LONGEST_WAIT = 50;
  private static final int LISTED = 20;

  private final RunStart start;
  private final GoalPlanner planner;
  private final RunActions actions;
  private final ShownRuns shown;
  private final RunQueries queries;
  private final Callers callers;
  private final InstantSource clock;

  public RunTools(
      RunStart start,
      GoalPlanner planner,
      RunActions actions,
      ShownRuns shown,
      RunQueries queries,
      Callers callers,
      InstantSource clock) {
    this.clock = clock;
    this.start = start;
    this.planner = planner;
    this.actions = actions;
    this.shown = shown;
    this.queries = queries;
    this.callers = callers;
  }

  List<Tool> all() {
    Parameter run = Parameter.text("run", "Its id.").must();
    Parameter tokens = Parameter.maxTokens(USUAL_TOKENS);
    return List.of(
        new Tool(
            "start_run",
            "Start a run",
            "Has a goal carried out on a project's default branch, up to a pull request with evidence: planned by"
                + " rules, by a model (planner), or as one step of a coding agent (agent). A person approves the"
                + " plan first unless approve_plan is false.",
            Scope.OPERATOR,
            true,
            List.of(
                Parameter.text("goal", "What is to be done, in plain words.").must(),
                Parameter.text("agent", "A coding agent that does it in one step, such as codex."),
                Parameter.text("planner", "A model that plans what no rule can do."),
                Parameter.text("base", "A branch, tag or commit. Default: the default branch."),
                Parameter.flag(
                    "approve_plan", "Whether the plan waits for a person. Default: true."),
                Parameter.PROJECT,
                tokens),
            this::startRun),
        Tool.reading(
            "watch_run",
            "Look at a run",
            "A run as it is: its steps, what was measured, and what a person can do. With after, waits up to 50"
                + " seconds for something to happen after that version.",
            List.of(run, Parameter.number("after", "The version that was seen last."), tokens),
            this::watch),
        Tool.reading(
            "list_runs",
            "Which runs there are",
            "The newest runs, and how each stands.",
            List.of(Parameter.PROJECT, tokens),
            this::list),
        new Tool(
            "decide_run",
            "Approve or reject",
            "Says yes or no to what waits for a person: a plan, a step, or the whole change.",
            Scope.MAINTAINER,
            true,
            List.of(
                run,
                Parameter.text("decision", "approve or reject.").must(),
                Parameter.text("step", "Which step, where several wait."),
                Parameter.text("comment", "Why."),
                tokens),
            this::decide));
  }

  private String startRun(Arguments arguments) throws InterruptedException {
    String project = arguments.project();
    String goal = arguments.text("goal");
    String base = arguments.text("base");
    if (project.isEmpty()) {
      throw ApiException.invalid("name the project");
    }
    Planned planned =
        arguments.text("agent").isEmpty()
            ? planned(project, base, goal, arguments.text("planner"))
            : new Planned(byAgent(arguments.text("agent"), goal), false);
    String id = newId();
    boolean approve = arguments.flag("approve_plan", true) || planned.guessed();
    start.create(
        new CreateRun(id, "", project, goal, base, planned.plan(), approve, 0, true), request());
    return shown(id, arguments);
  }

  /** As they sort by creation. */
  private String newId() {
    return TIME.format(clock.instant()) + '-' + UUID.randomUUID().toString().substring(0, 8);
  }

  /** {@code guessed} is true for what a model has planned, which a person has to see. */
  private record Planned(PlanDocument plan, boolean guessed) {}

  private Planned planned(String project, String base, String goal, String model)
      throws InterruptedException {
    PlannedGoal planned =
        planner.plan(new PlanGoal(project, "", base, goal, "", Performer.NOBODY, model, ""));
    if (planned.plan().steps().isEmpty()) {
      throw ApiException.invalid(
          "nothing could be planned for this goal; name an agent or a planner. "
              + String.join(" ", planned.notes()));
    }
    return new Planned(planned.plan(), !planned.guesses().isEmpty());
  }

  private static PlanDocument byAgent(String agent, String goal) {
    return new PlanDocument(
        List.of(
            new StepDocument(
                "change",
                "change",
                goal,
                "",
                List.of(new EngineDocument(agent, List.of())),
                List.of(),
                0,
                List.of(),
                List.of(),
                Map.of(),
                List.of(),
                0,
                0,
                0,
                0,
                0,
                false,
                false,
                false)));
  }

  private String watch(Arguments arguments) throws InterruptedException {
    String run = arguments.text("run");
    int after = arguments.number("after", 0);
    long end = System.nanoTime() + Duration.ofSeconds(LONGEST_WAIT).toNanos();
    long seen = queries.changeCount();
    while (after > 0 && shown.find(run).version() <= after && System.nanoTime() < end) {
      queries.awaitChange(seen, Duration.ofNanos(Math.max(1, end - System.nanoTime())));
      seen = queries.changeCount();
    }
    return shown(run, arguments);
  }

  private String list(Arguments arguments) {
    Reply reply = arguments.reply(USUAL_TOKENS);
    Wanted wanted = new Wanted(arguments.project(), "", "", Optional.empty());
    queries
        .list(wanted, Optional.empty(), LISTED)
        .forEach(run ->
            reply.add(
                "%s: %s, project %s: %s"
                    .formatted(run.run(), run.status(), run.project(), run.goal())));
    return reply.text();
  }

  private String decide(Arguments arguments) {
    Action action =
        switch (arguments.text("decision")) {
          case "approve" -> Action.APPROVE;
          case "reject" -> Action.REJECT;
          default -> throw ApiException.invalid("the decision is approve or reject");
        };
    RunId run = shown.find(arguments.text("run")).run().brief().run();
    Problems.accepted(
        actions.act(
            run,
            action,
            new ActionRequest(arguments.text("step"), arguments.text("comment")),
            request()));
    return shown(run.value(), arguments);
  }

  private Request request() {
    return new Request(callers.current().actor(), UUID.randomUUID().toString(), 0);
  }

  private String shown(String id, Arguments arguments) {
    Found found = shown.find(id);
    RunView run = shown.view(found);
    Reply reply = arguments.reply(USUAL_TOKENS);
    reply.add(
        "run %s, version %d: %s%s".formatted(run.id(), run.version(), run.status(), why(run)));
    reply.add("project " + run.project() + ", goal: " + run.goal());
    if (!run.pullRequest().isEmpty()) {
      reply.add("pull request: " + run.pullRequest());
    }
    run.steps().forEach(step -> reply.add(inWords(step)));
    run.needs().forEach(need -> reply.add("a person can: " + need));
    return reply.text();
  }

  private static String why(RunView run) {
    return run.reason().isEmpty() ? "" : " (" + run.reason() + ')';
  }

  private static String inWords(StepView step) {
    List<String> words =
        new ArrayList<>(
            List.of("step %s: %s, %s".formatted(step.id(), step.status(), step.title())));
    if (!step.attempts().isEmpty()) {
      AttemptView last = step.attempts().getLast();
      words.add("attempt %d by %s: %s".formatted(last.number(), last.engine(), last.state()));
      words.add(last.failure());
      words.add(last.checks().stream().map(RunTools::inWords).collect(Collectors.joining(", ")));
    }
    return words.stream().filter(word -> !word.isBlank()).collect(Collectors.joining("; "));
  }

  private static String inWords(CheckView check) {
    return check.name() + ' ' + check.verdict();
  }
}
