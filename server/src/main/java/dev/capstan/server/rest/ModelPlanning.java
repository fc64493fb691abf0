package dev.capstan.server.rest;

import dev.capstan.api.AskModel;
import dev.capstan.api.CreateRun.EngineDocument;
import dev.capstan.api.PlanGoal;
import dev.capstan.api.StepGuess;
import dev.capstan.core.ProjectId;
import dev.capstan.engines.Engine;
import dev.capstan.engines.builtin.BuiltInEngine;
import dev.capstan.engines.chat.Chat;
import dev.capstan.engines.chat.ChatModel;
import dev.capstan.engines.chat.Reply;
import dev.capstan.engines.planner.ModelPlanner;
import dev.capstan.engines.planner.ModelPlanner.Result;
import dev.capstan.engines.planner.ProposedStep;
import dev.capstan.engines.prompt.Prompts;
import dev.capstan.engines.prompt.Role;
import dev.capstan.models.catalog.Model;
import dev.capstan.models.catalog.ModelCatalog;
import dev.capstan.models.wire.Usage;
import dev.capstan.worker.WithheldFiles;
import dev.capstan.workspace.optout.OptOut;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Has a model plan what rules have left of a goal, and adds what stands up to the checks. */
public final class ModelPlanning {
  private static final int MOST_PATHS = 20_000;

  /** As much as one text is given to a planner. */
  private static final int PACK_TOKENS = 1_000;

  private static final int PAST_TOKENS = 500;

  private static final String README = "(?i)readme([.](md|txt|rst|adoc))?";
  private static final Set<String> SPECIFICATION =
      Set.of("constitution.md", "specification.md", "plan.md");

  /** Of the expected tokens; the rest is read. */
  private static final int WRITTEN_PERCENT = 15;

  private final ServerModels models;
  private final ModelCatalog catalog;
  private final Prompts prompts;
  private final Map<String, Engine> engines;

  public ModelPlanning(
      ServerModels models, ModelCatalog catalog, Prompts prompts, Map<String, Engine> engines) {
    this.models = models;
    this.catalog = catalog;
    this.prompts = prompts;
    this.engines = Map.copyOf(engines);
  }

  /** What a model may know of a repository: no file that its owner keeps from models. */
  ModelPlanner.Request request(
      PlanGoal wanted, String goal, String toolchain, ProjectSources files) {
    OptOut optOut = OptOut.of(files::text, OptOut.READING_LISTS);
    List<String> paths =
        files.paths().stream()
            .limit(MOST_PATHS)
            .filter(path -> optOut.kept(path).isEmpty())
            .toList();
    Map<String, String> texts = new LinkedHashMap<>();
    paths.stream()
        .filter(path -> path.matches(README) || isOfSpecification(path, wanted.tasks()))
        .forEach(path -> files.text(path).ifPresent(text -> texts.put(path, text)));
    files
        .pack(goal, Set.copyOf(paths), PACK_TOKENS)
        .ifPresent(pack -> texts.put("what a search of the repository found for the goal", pack));
    files
        .past(goal, Set.copyOf(paths), PAST_TOKENS)
        .ifPresent(past -> texts.put("what finished steps like it came to", open(past, files)));
    if (!wanted.issue().isBlank()) {
      texts.put("the issue", wanted.issue());
    }
    return new ModelPlanner.Request(
        wanted.planner(), goal, Map.of(), agents(), toolchain, paths, texts);
  }

  /** What has opted out since it was remembered is withheld. */
  private String open(String past, ProjectSources files) {
    Set<String> lines = WithheldFiles.in(files.paths(), files::text).lines();
    return models.redaction(lines).forEver(past);
  }

  /** Beside a task list may lie what it was derived from. */
  private static boolean isOfSpecification(String path, String tasks) {
    int folder = tasks.lastIndexOf('/') + 1;
    return folder > 0
        && path.startsWith(tasks.substring(0, folder))
        && SPECIFICATION.contains(path.substring(folder));
  }

  /** Coding agents that are here: what a model may choose from. */
  private Map<String, String> agents() {
    Map<String, String> agents = new TreeMap<>();
    engines.values().stream()
        .filter(Engine::isAgent)
        .forEach(engine -> agents.put(engine.name(), "a coding agent"));
    agents.put(BuiltInEngine.NAME, "the usual coding agent: reads, edits, runs tests");
    return agents;
  }

  /**
   * Adds the steps that a model proposes.
   *
   * @return what the model guesses of each
   * @throws ApiException if it proposes nothing that can be carried out, with every reason
   */
  List<StepGuess> add(ModelPlanner.Request request, ProjectId project, PlannedSteps steps)
      throws InterruptedException {
    ModelPlanner planner = new ModelPlanner(prompts.of(Role.PLANNER));
    Result result = planner.plan(request, model(project, planner.label()));
    return switch (result) {
      case Result.Proposed(var proposed) -> add(request.model(), proposed, steps);
      case Result.Asks(var question) ->
          throw ApiException.invalid(
              "the planner asks: " + question + " Say it in the goal, and plan again.");
      case Result.Refused(var mistakes) ->
          throw ApiException.invalid(
              "the plan of "
                  + request.model()
                  + " is refused, also after it was told why: "
                  + String.join("; ", mistakes));
      case Result.NoAnswer(var why) ->
          throw ApiException.invalid("no plan came of " + request.model() + ": " + why);
    };
  }

  private ChatModel model(ProjectId project, String label) {
    return models.model(project, "plan", label, models.redaction());
  }

  /** Asks once, as a planner does. */
  String ask(AskModel request, ProjectId project) throws InterruptedException {
    Chat chat = Chat.once(request.model(), request.prompt(), schema(request.schema()));
    return switch (model(project, request.label()).ask(chat)) {
      case Reply.Said said -> said.text();
      case Reply.Refused(_, var why) ->
          throw ApiException.invalid("no answer came of " + request.model() + ": " + why);
    };
  }

  private static Optional<JsonNode> schema(String text) {
    try {
      return text.isBlank() ? Optional.empty() : Optional.of(JsonMapper.shared().readTree(text));
    } catch (JacksonException malformed) {
      throw ApiException.invalid("the schema is no JSON: " + malformed.getOriginalMessage());
    }
  }

  private List<StepGuess> add(String model, List<ProposedStep> proposed, PlannedSteps steps) {
    List<StepGuess> guesses = new ArrayList<>();
    for (ProposedStep step : proposed) {
      steps.add(step, engine(step, model));
      guesses.add(
          new StepGuess(
              step.id(),
              step.confidence(),
              step.tokens(),
              step.engine().equals(BuiltInEngine.NAME) ? dollars(model, step.tokens()) : "unknown",
              step.minutes() * 60));
    }
    return guesses;
  }

  private static EngineDocument engine(ProposedStep step, String model) {
    List<String> arguments = new ArrayList<>(List.of("Do what the step says."));
    if (step.engine().equals(BuiltInEngine.NAME)) {
      arguments.add("model=" + model);
    }
    if (!step.role().equals(Role.CODER.word())) {
      arguments.add("role=" + step.role());
    }
    return new EngineDocument(step.engine(), arguments);
  }

  private String dollars(String name, long tokens) {
    long written = tokens * WRITTEN_PERCENT / 100;
    return Optional.ofNullable(catalog.models().get(name))
        .flatMap(Model::price)
        .map(price -> Dollars.of(price.of(new Usage(tokens - written, 0, 0, written, 0))))
        .orElse("unknown");
  }
}
