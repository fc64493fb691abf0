package dev.capstan.cli.command;

import dev.capstan.api.CreateRun;
import dev.capstan.api.CreateRun.EngineDocument;
import dev.capstan.api.CreateRun.PlanDocument;
import dev.capstan.api.CreateRun.StepDocument;
import dev.capstan.api.ErrorCode;
import dev.capstan.cli.session.ApiFailure;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Files that commands name and that are not part of the repository: they are sent along, because a
 * command sees only its clone.
 */
final class Attachments {
  private final Keeper keeper;
  private final Path folder;
  private final Path repository;
  private final Origin origin;
  private final Set<String> strange;

  /** Who wrote the commands, and so which files of this machine they may name. */
  enum Origin {
    /** The person at the keyboard: any file. */
    COMMAND_LINE,
    /** A plan, maybe a stranger's: files in its own folder only. */
    PLAN_FILE
  }

  /** Keeps a file where the run finds it, and returns its SHA-256. */
  @FunctionalInterface
  interface Keeper {
    String keep(Path file) throws IOException;
  }

  /** Paths are relative to {@code folder}. */
  Attachments(Keeper keeper, Path folder, String source, Origin origin) {
    this(keeper, folder, source, origin, Set.of());
  }

  /**
   * The same.
   *
   * @param strange arguments that name no file of this machine, whatever lies in the folder
   */
  Attachments(Keeper keeper, Path folder, String source, Origin origin, Set<String> strange) {
    this.strange = Set.copyOf(strange);
    this.keeper = keeper;
    this.folder = folder;
    this.origin = origin;
    this.repository = Path.of(source.startsWith("/") ? source : "/nowhere");
  }

  PlanDocument attach(PlanDocument plan) {
    return new PlanDocument(plan.steps().stream().map(this::attach).toList());
  }

  private StepDocument attach(StepDocument step) {
    Map<String, String> files = new HashMap<>(step.files());
    List<EngineDocument> engines =
        step.engines().stream().map(engine -> attach(step, engine, files)).toList();
    return step.by(engines, files);
  }

  private EngineDocument attach(
      StepDocument step, EngineDocument engine, Map<String, String> files) {
    return switch (engine.engine()) {
      case EngineDocument.COMMAND ->
          EngineDocument.command(attach(step, engine.arguments(), files));
      case EngineDocument.OPENREWRITE ->
          new EngineDocument(
              engine.engine(),
              engine.arguments().stream()
                  .map(
                      argument -> isFile(argument, true) ? attach(step, argument, files) : argument)
                  .toList());
      case EngineDocument.CODEMOD -> codemod(step, engine, files);
      default -> engine;
    };
  }

  /** The script is taken from here, if it is none that comes with Capstan. */
  private EngineDocument codemod(
      StepDocument step, EngineDocument engine, Map<String, String> files) {
    List<String> arguments = new ArrayList<>(engine.arguments());
    String script = arguments.getFirst();
    if (script.startsWith(EngineDocument.BUNDLED_CODEMOD)) {
      return engine;
    }
    if (!isFile(script, true)) {
      throw new ApiFailure(
          ErrorCode.INVALID,
          "step " + step.id() + " has the codemod " + script + ", which is no file in " + folder);
    }
    arguments.set(0, attach(step, script, files));
    return new EngineDocument(engine.engine(), arguments);
  }

  private List<String> attach(StepDocument step, List<String> command, Map<String, String> files) {
    List<String> attached = new ArrayList<>();
    for (int i = 0; i < command.size(); i++) {
      String argument = command.get(i);
      boolean named = i == 0 ? argument.contains("/") : true;
      attached.add(named && isFile(argument, i == 0) ? attach(step, argument, files) : argument);
    }
    return attached;
  }

  /**
   * The program itself is always taken from here; other arguments may mean files of the repository.
   */
  private boolean isFile(String argument, boolean program) {
    if (strange.contains(argument)
        || argument.isEmpty()
        || argument.indexOf('\0') >= 0
        || argument.startsWith("-")) {
      return false;
    }
    Path file = folder.resolve(argument).normalize();
    boolean system = file.startsWith("/usr") || file.startsWith("/bin");
    return Files.isRegularFile(file) && !system && (program || !file.startsWith(repository));
  }

  private String attach(StepDocument step, String argument, Map<String, String> files) {
    Path file = folder.resolve(argument).normalize();
    try {
      requireAllowed(step, argument, file);
      String hash = keeper.keep(file);
      String name =
          freeName(
              String.valueOf(file.getFileName())
                  .replaceAll("[^A-Za-z0-9._-]", "_")
                  .replaceAll("^[.-]", "_"),
              hash,
              files);
      files.put(name, hash);
      return CreateRun.FILES + '/' + name;
    } catch (IOException failure) {
      throw new UncheckedIOException("cannot read " + file, failure);
    }
  }

  /** With links resolved: one in the plan's folder may point anywhere. */
  private void requireAllowed(StepDocument step, String argument, Path file) throws IOException {
    if (origin == Origin.PLAN_FILE && !file.toRealPath().startsWith(folder.toRealPath())) {
      throw new ApiFailure(
          ErrorCode.INVALID,
          "step "
              + step.id()
              + " names the file "
              + argument
              + ", which is not in the plan's folder "
              + folder
              + ": a plan sends along only files of its own folder, so copy it there");
    }
  }

  private static String freeName(String name, String hash, Map<String, String> files) {
    String taken = files.get(name);
    return taken == null || taken.equals(hash) ? name : hash.substring(0, 8) + '-' + name;
  }
}
