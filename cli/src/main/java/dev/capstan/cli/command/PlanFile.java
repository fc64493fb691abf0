package dev.capstan.cli.command;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonInclude;
import dev.capstan.api.CreateRun.EngineDocument;
import dev.capstan.api.CreateRun.PlanDocument;
import dev.capstan.api.CreateRun.StepDocument;
import dev.capstan.api.ErrorCode;
import dev.capstan.cli.session.ApiFailure;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** A plan as a YAML file: docs/plans.md describes it. */
final class PlanFile {
  /** How an agent is told its model, among its arguments. */
  private static final String MODEL = "model=";

  /** How an agent is told its role, among its arguments. */
  private static final String ROLE = "role=";

  /** What an agent is asked beside the step's own words, if the plan has none for it. */
  private static final String NO_PROMPT = "Do what the step says.";

  private static final YAMLMapper WRITING =
      YAMLMapper.builder()
          .changeDefaultPropertyInclusion(
              all -> all.withValueInclusion(JsonInclude.Include.NON_NULL))
          .build();

  private PlanFile() {}

  record Read(String goal, PlanDocument plan) {}

  private record FileDocument(@Nullable String goal, @Nullable List<FileStep> steps) {}

  private record FileStep(
      @Nullable String id,
      @Nullable String kind,
      @Nullable String title,
      @Nullable String reason,
      @Nullable List<String> run,
      @Nullable List<String> recipes,
      @Nullable List<String> from,
      @Nullable String codemod,
      @Nullable Map<String, String> with,
      @Nullable List<String> update,
      @Nullable List<String> tick,
      @Nullable String agent,
      @Nullable String prompt,
      @Nullable String model,
      @Nullable String role,
      @Nullable List<FileEngine> orElse,
      @Nullable List<String> after,
      @Nullable Integer needed,
      @Nullable List<String> scope,
      @Nullable List<String> judge,
      @Nullable List<String> env,
      @Nullable Long timeLimit,
      @Nullable Long waitLimit,
      @Nullable Integer priority,
      @Nullable Integer attempts,
      @Nullable Integer minimumTests,
      @Nullable Boolean mayChangeNothing,
      @Nullable Boolean approval,
      @Nullable Boolean stop) {}

  /** An engine; where it stands alone, a list is a command. */
  private record FileEngine(
      @Nullable List<String> run,
      @Nullable List<String> recipes,
      @Nullable List<String> from,
      @Nullable String codemod,
      @Nullable Map<String, String> with,
      @Nullable List<String> update,
      @Nullable List<String> tick,
      @Nullable String agent,
      @Nullable String prompt,
      @Nullable String model,
      @Nullable String role) {
    @JsonCreator(mode = JsonCreator.Mode.PROPERTIES)
    FileEngine {}

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    static FileEngine command(List<String> run) {
      return new FileEngine(run, null, null, null, null, null, null, null, null, null, null);
    }

    static FileEngine recipes(List<String> recipes, @Nullable List<String> from) {
      return new FileEngine(null, recipes, from, null, null, null, null, null, null, null, null);
    }

    static FileEngine codemod(String script, @Nullable Map<String, String> with) {
      return new FileEngine(null, null, null, script, with, null, null, null, null, null, null);
    }

    static FileEngine update(List<String> update) {
      return new FileEngine(null, null, null, null, null, update, null, null, null, null, null);
    }

    static FileEngine tick(List<String> tick) {
      return new FileEngine(null, null, null, null, null, null, tick, null, null, null, null);
    }

    static FileEngine agent(
        String name, @Nullable String prompt, @Nullable String model, @Nullable String role) {
      return new FileEngine(null, null, null, null, null, null, null, name, prompt, model, role);
    }
  }

  static Read read(Path file) throws IOException {
    FileDocument document = YamlFile.read(file, FileDocument.class);
    if (document == null || document.steps() == null || document.steps().isEmpty()) {
      throw wrong(file + ": a plan has a list of steps");
    }
    List<FileStep> steps = document.steps();
    requireFull(file, steps);
    return new Read(
        Objects.requireNonNullElse(document.goal(), ""),
        new PlanDocument(steps.stream().map(step -> step(file, step)).toList()));
  }

  /** A plan as {@link #read} reads it. */
  static String text(String goal, PlanDocument plan) {
    List<FileStep> steps = plan.steps().stream().map(PlanFile::file).toList();
    return WRITING.writeValueAsString(new FileDocument(goal, steps));
  }

  private static FileStep file(StepDocument step) {
    FileEngine first = file(step.engines().getFirst());
    List<FileEngine> others = step.engines().stream().skip(1).map(PlanFile::file).toList();
    return new FileStep(
        step.id(),
        step.kind(),
        step.title(),
        step.reason(),
        first.run(),
        first.recipes(),
        first.from(),
        first.codemod(),
        first.with(),
        first.update(),
        first.tick(),
        first.agent(),
        first.prompt(),
        first.model(),
        first.role(),
        others.isEmpty() ? null : others,
        unless(step.after(), List.of()),
        unless(step.needed(), 0),
        unless(step.scope(), List.of()),
        unless(step.judge(), List.of()),
        unless(step.environment(), List.of()),
        unless(step.timeLimitSeconds(), 0L),
        unless(step.waitLimitSeconds(), 0L),
        unless(step.priority(), 0),
        unless(step.attempts(), 0),
        unless(step.minimumTests(), 1),
        unless(step.mayChangeNothing(), false),
        unless(step.approval(), false),
        unless(step.stop(), false));
  }

  private static FileEngine file(EngineDocument engine) {
    List<String> arguments = engine.arguments();
    return switch (engine.engine()) {
      case EngineDocument.COMMAND -> FileEngine.command(arguments);
      case EngineDocument.CODEMOD ->
          FileEngine.codemod(arguments.getFirst(), unless(options(engine), Map.of()));
      case EngineDocument.DEPENDENCIES -> FileEngine.update(arguments);
      case EngineDocument.TASK_LIST -> FileEngine.tick(arguments);
      case EngineDocument.OPENREWRITE -> recipes(arguments);
      case EngineDocument.BEST_OF -> bestOf(arguments);
      default -> agent(engine.engine(), arguments);
    };
  }

  private static FileEngine recipes(List<String> arguments) {
    List<String> recipes = arguments.stream().filter(a -> !a.contains(":")).toList();
    List<String> from = arguments.stream().filter(a -> a.contains(":")).toList();
    return FileEngine.recipes(recipes, unless(from, List.of()));
  }

  private static FileEngine bestOf(List<String> arguments) {
    String contestants =
        arguments.stream()
            .filter(argument -> argument.startsWith(EngineDocument.CONTESTANT))
            .map(argument -> argument.substring(EngineDocument.CONTESTANT.length()))
            .collect(Collectors.joining(", "));
    return agent(
        contestants,
        arguments.stream()
            .filter(argument -> !argument.startsWith(EngineDocument.CONTESTANT))
            .toList());
  }

  private static FileEngine agent(String name, List<String> arguments) {
    String prompt =
        arguments.stream()
            .filter(argument -> !argument.startsWith(MODEL) && !argument.startsWith(ROLE))
            .collect(Collectors.joining("\n"));
    return FileEngine.agent(
        name,
        unless(prompt, NO_PROMPT),
        unless(after(MODEL, arguments), ""),
        unless(after(ROLE, arguments), ""));
  }

  private static String after(String key, List<String> arguments) {
    return arguments.stream()
        .filter(argument -> argument.startsWith(key))
        .findFirst()
        .map(argument -> argument.substring(key.length()))
        .orElse("");
  }

  private static Map<String, String> options(EngineDocument codemod) {
    Map<String, String> options = new LinkedHashMap<>();
    for (String option : codemod.arguments().subList(1, codemod.arguments().size())) {
      int equals = option.indexOf('=');
      options.put(option.substring(0, equals), option.substring(equals + 1));
    }
    return options;
  }

  private static <T> @Nullable T unless(T value, T usual) {
    return value.equals(usual) ? null : value;
  }

  private static StepDocument step(Path file, FileStep step) {
    if (step.id() == null) {
      throw wrong(file + ": each step needs an id");
    }
    Stream.of(step.orElse(), step.after(), step.scope(), step.judge(), step.env())
        .forEach(list -> requireFull(file, list));
    List<EngineDocument> engines = new ArrayList<>();
    engines.add(
        engine(
            file,
            step.id(),
            new FileEngine(
                step.run(),
                step.recipes(),
                step.from(),
                step.codemod(),
                step.with(),
                step.update(),
                step.tick(),
                step.agent(),
                step.prompt(),
                step.model(),
                step.role())));
    for (FileEngine engine : or(step.orElse(), List.<FileEngine>of())) {
      engines.add(engine(file, step.id(), engine));
    }
    return new StepDocument(
        step.id(),
        or(step.kind(), ""),
        or(step.title(), ""),
        or(step.reason(), ""),
        engines,
        or(step.after(), List.of()),
        or(step.needed(), 0),
        or(step.scope(), List.of()),
        or(step.judge(), List.of()),
        Map.of(),
        or(step.env(), List.of()),
        or(step.timeLimit(), 0L),
        or(step.waitLimit(), 0L),
        or(step.priority(), 0),
        or(step.attempts(), 0),
        or(step.minimumTests(), 1),
        or(step.mayChangeNothing(), false),
        or(step.approval(), false),
        or(step.stop(), false));
  }

  /** YAML has an entry of a list that nothing stands in. */
  private static <T> void requireFull(Path file, @Nullable List<T> list) {
    if (list != null && list.stream().anyMatch(Objects::isNull)) {
      throw wrong(file + ": a list has an empty entry");
    }
  }

  private static EngineDocument engine(Path file, String step, FileEngine engine) {
    Stream.of(engine.run(), engine.recipes(), engine.from(), engine.update(), engine.tick())
        .forEach(list -> requireFull(file, list));
    List<String> run = or(engine.run(), List.of());
    List<String> recipes = or(engine.recipes(), List.of());
    List<String> update = or(engine.update(), List.of());
    List<String> tick = or(engine.tick(), List.of());
    String codemod = or(engine.codemod(), "");
    String agent = or(engine.agent(), "");
    long named =
        Stream.of(
                run.isEmpty(),
                recipes.isEmpty(),
                update.isEmpty(),
                tick.isEmpty(),
                codemod.isBlank(),
                agent.isBlank())
            .filter(not -> !not)
            .count();
    if (named != 1) {
      throw wrong(
          file
              + ": step "
              + step
              + " needs either a command as a list, such as run: [./change.sh, --all],"
              + " or recipes of OpenRewrite, such as recipes: [org.openrewrite.java.OrderImports],"
              + " or a codemod, such as codemod: scripts/change.js,"
              + " or dependencies to update, such as update: [minor],"
              + " or a coding agent, such as agent: claude-code");
    }
    if (agent.isBlank()
        && Stream.of(engine.prompt(), engine.model(), engine.role()).anyMatch(Objects::nonNull)) {
      throw wrong(
          file + ": step " + step + " has a prompt, a model or a role but no agent that gets it");
    }
    if (engine.with() != null && codemod.isBlank()) {
      throw wrong(file + ": step " + step + " has options (with) but no codemod that gets them");
    }
    if (!codemod.isBlank()) {
      return codemod(file, step, codemod, or(engine.with(), Map.of()));
    }
    if (!update.isEmpty()) {
      return new EngineDocument(EngineDocument.DEPENDENCIES, update);
    }
    if (!tick.isEmpty()) {
      return new EngineDocument(EngineDocument.TASK_LIST, tick);
    }
    if (!agent.isBlank()) {
      return agent(agent, or(engine.prompt(), ""), or(engine.model(), ""), or(engine.role(), ""));
    }
    if (recipes.isEmpty()) {
      return EngineDocument.command(run);
    }
    return new EngineDocument(
        EngineDocument.OPENREWRITE,
        Stream.concat(recipes.stream(), or(engine.from(), List.<String>of()).stream()).toList());
  }

  /** Several with commas between are contestants, of which the best is taken. */
  private static EngineDocument agent(String name, String prompt, String model, String role) {
    List<String> contestants =
        name.indexOf(',') < 0
            ? List.of()
            : Arrays.stream(name.split(",", -1))
                .map(one -> EngineDocument.CONTESTANT + one.strip())
                .toList();
    Stream<String> shared =
        Stream.of(
                prompt.isBlank() ? NO_PROMPT : prompt,
                model.isEmpty() ? "" : MODEL + model,
                role.isEmpty() ? "" : ROLE + role)
            .filter(argument -> !argument.isBlank());
    return new EngineDocument(
        contestants.isEmpty() ? name : EngineDocument.BEST_OF,
        Stream.concat(contestants.stream(), shared).toList());
  }

  private static EngineDocument codemod(
      Path file, String step, String script, Map<String, String> with) {
    if (with.values().stream().anyMatch(Objects::isNull)) {
      throw wrong(file + ": step " + step + " gives its codemod an option without a value");
    }
    List<String> arguments = new ArrayList<>(List.of(script));
    with.forEach((name, value) -> arguments.add(name + '=' + value));
    return new EngineDocument(EngineDocument.CODEMOD, arguments);
  }

  private static <T> T or(@Nullable T given, T otherwise) {
    return given == null ? otherwise : given;
  }

  private static ApiFailure wrong(String message) {
    return new ApiFailure(ErrorCode.INVALID, message);
  }
}
