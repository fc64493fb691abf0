package dev.capstan.cli.command;

import dev.capstan.api.CreateRun.EngineDocument;
import dev.capstan.api.CreateRun.PlanDocument;
import dev.capstan.api.CreateRun.StepDocument;
import dev.capstan.api.ErrorCode;
import dev.capstan.api.FilledTemplate;
import dev.capstan.api.GoalFinding;
import dev.capstan.api.Performer;
import dev.capstan.api.PlanGoal;
import dev.capstan.api.PlannedGoal;
import dev.capstan.api.StepGuess;
import dev.capstan.cli.session.ApiFailure;
import dev.capstan.cli.session.Client;
import dev.capstan.engines.FindingCommand;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** What a person wants done: on which repository, to which end, by which steps. */
final class Wish {
  @Option(
      names = "--repo",
      required = true,
      paramLabel = "PATH_OR_URL",
      description = "The repository.")
  private String repository = "";

  @Option(
      names = "--goal",
      paramLabel = "TEXT",
      description =
          "What is to be reached, in plain words; the title of the pull request. Without a plan or a command it"
              + " is planned by rules: see capstan catalogue. With --plan its goal is the default.")
  private @Nullable String goal;

  @Option(
      names = "--planner",
      paramLabel = "MODEL",
      defaultValue = "",
      description =
          "A model that plans what no rule can do of the goal, as models.yaml names it. What it proposes is checked,"
              + " and refused if it cannot be; a person approves it before work starts.")
  private String planner = "";

  @Option(
      names = "--issue",
      paramLabel = "FILE",
      description =
          "A text that the goal is about, such as an issue, for --planner. It is material to it, and tells it nothing"
              + " to do.")
  private @Nullable Path issue;

  @Option(
      names = "--plan",
      paramLabel = "FILE",
      description = "The steps, as YAML: see docs/plans.md.")
  private @Nullable Path plan;

  @Option(
      names = "--tasks",
      paramLabel = "PATH",
      description =
          "A task list in Markdown in the repository: its open tasks are planned by rules, and ticked in the same"
              + " pull request.")
  private @Nullable String tasks;

  @Option(
      names = "--template",
      paramLabel = "NAME",
      description = "A run template: see capstan templates.")
  private @Nullable String template;

  @Option(
      names = "--set",
      paramLabel = "NAME=VALUE",
      description = "A parameter of the template; may be repeated.")
  private Map<String, String> values = new HashMap<>();

  @Option(
      names = "--base",
      paramLabel = "REF",
      defaultValue = "",
      description =
          "Branch, tag or commit to start from. Default: the repository's default branch.")
  private String base = "";

  @Option(
      names = "--project",
      paramLabel = "NAME",
      defaultValue = "",
      description = "Name of the project. Default: derived from the repository.")
  private String project = "";

  @Option(
      names = "--codemod",
      paramLabel = "FILE",
      description = "A codemod that makes the change, instead of a command: see docs/codemods.md.")
  private @Nullable Path codemod;

  @Option(
      names = "--with",
      paramLabel = "NAME=VALUE",
      description = "An option of the codemod; may be repeated.")
  private Map<String, String> options = new LinkedHashMap<>();

  @Option(
      names = "--scope",
      paramLabel = "GLOB",
      description = "Files the command or codemod may change; may be repeated. Default: all.")
  private List<String> scope = new ArrayList<>();

  @Option(
      names = "--judge",
      paramLabel = "GLOB",
      description =
          "Tests, build or CI files that the command is meant to change; may be repeated. Default: none.")
  private List<String> judge = new ArrayList<>();

  @Option(
      names = "--env",
      paramLabel = "NAME",
      description =
          "A variable that the command gets; may be repeated. Default: none but PATH and the toolchain's.")
  private List<String> environment = new ArrayList<>();

  @Option(
      names = "--time-limit",
      paramLabel = "SECONDS",
      defaultValue = "0",
      description = "After which the command is ended. Default: 1800.")
  private long timeLimit;

  @Parameters(
      arity = "0..*",
      paramLabel = "COMMAND",
      description =
          "After --: the program that makes the change, with its arguments. No shell reads it. With {file} it is"
              + " carried out for each file that the goal finds, such as those that tests don't cover: see"
              + " docs/plans.md.")
  private List<String> command = new ArrayList<>();

  @Spec(Spec.Target.MIXEE)
  private @Nullable CommandSpec spec;

  String base() {
    return base;
  }

  String project() {
    return project;
  }

  /**
   * What is planned by rules beside a goal.
   *
   * @param tasks path of a task list; "" for none
   * @param template its name; "" for none
   * @param by what performs the steps of what is found file by file
   * @param planner the model that plans what no rule can do; "" for none
   * @param issue a text that the goal is about; "" for none
   */
  record ByRules(
      String tasks,
      String template,
      Map<String, String> values,
      Performer by,
      String planner,
      String issue) {
    static final ByRules GOAL = new ByRules("", "", Map.of(), Performer.NOBODY);

    ByRules(String tasks, String template, Map<String, String> values, Performer by) {
      this(tasks, template, values, by, "", "");
    }
  }

  /**
   * The wish with its plan read.
   *
   * @param found what was found file by file
   * @param strange arguments that a repository's names were put into, which mean no file of this
   *     machine
   */
  record Resolved(
      String source,
      String goal,
      ByRules rules,
      PlanDocument plan,
      List<GoalFinding> found,
      List<StepGuess> guesses,
      Set<String> strange,
      Path folder,
      Attachments.Origin origin) {
    Resolved(
        String source,
        String goal,
        ByRules rules,
        PlanDocument plan,
        Path folder,
        Attachments.Origin origin) {
      this(source, goal, rules, plan, List.of(), List.of(), Set.of(), folder, origin);
    }

    /** The same with another plan, and its goal if it has one. */
    Resolved with(PlanFile.Read read) {
      String wanted = read.goal().isBlank() ? goal : read.goal();
      return new Resolved(
          source, wanted, rules, read.plan(), found, guesses, strange, folder, origin);
    }

    /**
     * The same with a plan by rules, if it has none. Throws {@link ApiFailure} if there is nothing
     * to carry out.
     *
     * @param say gets a sentence for each part of the goal that the plan leaves out
     */
    Resolved planned(Client client, String project, String base, Consumer<String> say) {
      Resolved proposed = proposed(client, project, base, say);
      if (proposed.plan.steps().isEmpty()) {
        throw new ApiFailure(
            ErrorCode.INVALID,
            proposed.found.stream().map(GoalFinding::why).collect(Collectors.joining("; "))
                + ". Nothing is carried out, as nobody is named who does: give a command after --, such as"
                + " -- ./mend.sh {file} {test}.");
      }
      return proposed;
    }

    /** The same, but what was found and is performed by nobody is no failure. */
    Resolved proposed(Client client, String project, String base, Consumer<String> say) {
      if (!plan.steps().isEmpty()) {
        return this;
      }
      FilledTemplate asked =
          rules.template().isEmpty()
              ? new FilledTemplate(goal, rules.tasks())
              : client.fill(rules.template(), rules.values());
      String wanted = goal.isEmpty() ? asked.title() : goal;
      PlannedGoal planned =
          client.plan(
              new PlanGoal(
                  project,
                  source,
                  base,
                  asked.goal(),
                  asked.tasks(),
                  rules.by(),
                  rules.planner(),
                  rules.issue()));
      if (planned.plan().steps().isEmpty() && planned.findings().isEmpty()) {
        throw new ApiFailure(
            ErrorCode.INVALID,
            "Nothing of this can be planned by rules: "
                + String.join("; ", planned.notes())
                + ". Give a plan (--plan FILE) or a command (after --) instead.");
      }
      planned.notes().forEach(say);
      return new Resolved(
          source,
          wanted,
          rules,
          planned.plan(),
          planned.findings(),
          planned.guesses(),
          strange(planned.plan()),
          folder,
          origin);
    }

    private Set<String> strange(PlanDocument planned) {
      Set<String> strange = new HashSet<>();
      if (rules.by().performs()) {
        planned.steps().stream()
            .flatMap(step -> step.engines().stream())
            .forEach(engine -> strange.addAll(engine.arguments()));
        rules.by().command().forEach(strange::remove);
      }
      return strange;
    }

    /**
     * Sends along the files that the plan's commands name, and returns the plan that names them so.
     */
    PlanDocument upload(Client client) {
      return new Attachments(client::upload, folder, source, origin, strange).attach(plan);
    }

    /** The plan that {@link #upload} returns, without sending anything. */
    PlanDocument named() {
      return new Attachments(file -> FileHash.of(file).value(), folder, source, origin, strange)
          .attach(plan);
    }
  }

  Resolved resolve() throws IOException {
    if (Stream.of(plan, tasks, template, codemod, command.isEmpty() ? null : command)
            .filter(Objects::nonNull)
            .count()
        > 1) {
      throw usage(
          "Give --plan, --tasks, --template, --codemod or a command after --, only one of them.");
    }
    if (codemod == null && !options.isEmpty()) {
      throw usage("--with is for the options of a --codemod.");
    }
    if (plan != null) {
      PlanFile.Read read = PlanFile.read(plan);
      String wanted = goal != null ? goal : read.goal();
      if (wanted.isBlank()) {
        throw usage("Give --goal, or a goal in " + plan + '.');
      }
      Path folder = plan.toAbsolutePath().getParent();
      return new Resolved(
          source(),
          wanted,
          ByRules.GOAL,
          read.plan(),
          folder == null ? Path.of("/") : folder,
          Attachments.Origin.PLAN_FILE);
    }
    if (template == null && !values.isEmpty()) {
      throw usage("--set is for the parameters of a --template.");
    }
    if (tasks != null || template != null) {
      return new Resolved(
          source(),
          or(goal),
          new ByRules(or(tasks), or(template), values, Performer.NOBODY, planner, issueText()),
          new PlanDocument(List.of()),
          Path.of("").toAbsolutePath(),
          Attachments.Origin.PLAN_FILE);
    }
    if (goal == null || goal.isBlank()) {
      throw usage(
          "Say what to do: --goal TEXT, which is planned by rules, or done by --codemod or a command after --;"
              + " --tasks PATH; --template NAME; or --plan FILE.");
    }
    if (FindingCommand.isMeant(command)) {
      if (!scope.isEmpty() || !judge.isEmpty()) {
        throw usage(
            "A command for each file that is found ({file}) may change that file or its test;"
                + " --scope and --judge are for one without.");
      }
      Performer by = new Performer(command, environment, timeLimit);
      return new Resolved(
          source(),
          goal,
          new ByRules("", "", Map.of(), by, planner, issueText()),
          new PlanDocument(List.of()),
          Path.of("").toAbsolutePath(),
          Attachments.Origin.COMMAND_LINE);
    }
    return new Resolved(
        source(),
        goal,
        new ByRules("", "", Map.of(), Performer.NOBODY, planner, issueText()),
        new PlanDocument(command.isEmpty() && codemod == null ? List.of() : List.of(single(goal))),
        Path.of("").toAbsolutePath(),
        Attachments.Origin.COMMAND_LINE);
  }

  private String issueText() throws IOException {
    if (issue == null) {
      return "";
    }
    if (planner.isEmpty()) {
      throw usage("--issue is for a --planner.");
    }
    return Files.readString(issue);
  }

  private static String or(@Nullable String text) {
    return Objects.requireNonNullElse(text, "");
  }

  private StepDocument single(String title) {
    return new StepDocument(
        "change",
        "",
        title,
        "",
        List.of(
            codemod == null
                ? EngineDocument.command(command)
                : new EngineDocument(EngineDocument.CODEMOD, codemodArguments())),
        List.of(),
        0,
        scope,
        judge,
        Map.of(),
        environment,
        timeLimit,
        0,
        0,
        0,
        1,
        false,
        false,
        false);
  }

  static boolean isUrl(String repository) {
    return repository.contains("://") || repository.matches("[^/]+@[^/]+:.*");
  }

  private List<String> codemodArguments() {
    List<String> arguments = new ArrayList<>(List.of(String.valueOf(codemod)));
    options.forEach((name, value) -> arguments.add(name + '=' + value));
    return arguments;
  }

  /** A path is made absolute, so that it means the same to a server in another folder. */
  static String source(String given) {
    return isUrl(given) ? given : Path.of(given).toAbsolutePath().normalize().toString();
  }

  private String source() {
    String source = source(repository);
    if (!isUrl(source) && !Files.exists(Path.of(source))) {
      throw usage(
          "There is no " + source + ": --repo takes a folder with a git repository, or a URL.");
    }
    return source;
  }

  private ParameterException usage(String message) {
    if (spec == null) {
      throw new IllegalStateException(message);
    }
    return new ParameterException(spec.commandLine(), message);
  }
}
