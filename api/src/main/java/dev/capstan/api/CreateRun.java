package dev.capstan.api;

import java.util.List;
import java.util.Map;

/**
 * Creates a run. Sending it again with the same {@code id} changes nothing and answers the same.
 *
 * @param id chosen by the sender, so that a lost answer does not make a second run
 * @param source URL or absolute path of the repository
 * @param project empty to derive it from the source
 * @param base branch, tag or commit to start from; empty for the default branch
 * @param plan what to carry out
 * @param approvePlan whether the plan waits for a person
 * @param parallelSteps 0 for the default
 * @param start whether to start at once
 */
public record CreateRun(
    String id,
    String source,
    String project,
    String goal,
    String base,
    PlanDocument plan,
    boolean approvePlan,
    int parallelSteps,
    boolean start) {

  /** Where a command finds the files that were sent along with it. */
  public static final String FILES = "/capstan/files";

  /** A plan as people write it. */
  public record PlanDocument(List<StepDocument> steps) {
    public PlanDocument {
      steps = List.copyOf(steps);
    }
  }

  /**
   * What performs a step.
   *
   * @param engine its name, for example {@link #COMMAND}
   * @param arguments as that engine understands them
   */
  public record EngineDocument(String engine, List<String> arguments) {
    /** Runs a program: its arguments are the program and the program's, never a shell line. */
    public static final String COMMAND = "command";

    /** Applies recipes of OpenRewrite: names of recipes, and coordinates of what has them. */
    public static final String OPENREWRITE = "openrewrite";

    /** Ticks a task list: its path, then {@code step=task} for each step. */
    public static final String TASK_LIST = "task-list";

    /** Takes the best of what several coding agents make of the same step. */
    public static final String BEST_OF = "best-of";

    /** Before each of those agents, among its arguments: {@code NAME} or {@code NAME/MODEL}. */
    public static final String CONTESTANT = "contestant=";

    /** Applies a codemod: a script that was sent along, and {@code name=value} for each option. */
    public static final String CODEMOD = "codemod";

    /** Updates dependencies: patch, minor or major, then names of dependencies; none for all. */
    public static final String DEPENDENCIES = "dependencies";

    /** What the name of a codemod begins with that comes with Capstan, and is not sent along. */
    public static final String BUNDLED_CODEMOD = "capstan:";

    public EngineDocument {
      arguments = List.copyOf(arguments);
    }

    /** A command. */
    public static EngineDocument command(List<String> argv) {
      return new EngineDocument(COMMAND, argv);
    }
  }

  /**
   * One step as people write it.
   *
   * @param engines what performs it, the first; the others are tried in order when it is used up
   * @param after steps it waits for
   * @param needed how many of them; 0 for all
   * @param scope globs of files it may change; none for all
   * @param files hashes of uploaded artifacts, by the name under which the command finds them in
   *     {@link #FILES}
   * @param environment names of variables passed through
   * @param timeLimitSeconds 0 for the default
   * @param waitLimitSeconds how long it may wait for others; 0 for no limit
   * @param judge globs of the files that judge, such as tests, which the step says it changes
   * @param attempts with each command; 0 for the default
   * @param minimumTests 0 allows a change that no test covers
   * @param stop whether the run pauses once the step is done
   */
  public record StepDocument(
      String id,
      String kind,
      String title,
      String reason,
      List<EngineDocument> engines,
      List<String> after,
      int needed,
      List<String> scope,
      List<String> judge,
      Map<String, String> files,
      List<String> environment,
      long timeLimitSeconds,
      long waitLimitSeconds,
      int priority,
      int attempts,
      int minimumTests,
      boolean mayChangeNothing,
      boolean approval,
      boolean stop) {
    public StepDocument {
      engines = List.copyOf(engines);
      after = List.copyOf(after);
      scope = List.copyOf(scope);
      judge = List.copyOf(judge);
      files = Map.copyOf(files);
      environment = List.copyOf(environment);
    }

    /** The same, with the run pausing once it is done. */
    public StepDocument stopping() {
      return with(engines, files, true);
    }

    /** The same, done by other engines with other files. */
    public StepDocument by(List<EngineDocument> newEngines, Map<String, String> newFiles) {
      return with(newEngines, newFiles, stop);
    }

    private StepDocument with(
        List<EngineDocument> newEngines, Map<String, String> newFiles, boolean newStop) {
      return new StepDocument(
          id,
          kind,
          title,
          reason,
          newEngines,
          after,
          needed,
          scope,
          judge,
          newFiles,
          environment,
          timeLimitSeconds,
          waitLimitSeconds,
          priority,
          attempts,
          minimumTests,
          mayChangeNothing,
          approval,
          newStop);
    }
  }
}
