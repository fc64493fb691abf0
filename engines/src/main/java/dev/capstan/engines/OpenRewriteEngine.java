package dev.capstan.engines;

import dev.capstan.core.plan.Work;
import dev.capstan.core.run.Failure;
import dev.capstan.sandbox.Bind;
import dev.capstan.sandbox.Confinement;
import dev.capstan.sandbox.Limits;
import dev.capstan.sandbox.Network;
import dev.capstan.sandbox.Outcome;
import dev.capstan.sandbox.OutputListener;
import dev.capstan.sandbox.Sandbox;
import dev.capstan.workspace.toolchain.Maven;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Applies recipes of OpenRewrite through the project's own Maven build, so that types are resolved
 * as the project's compiler does. The recipes are the user's to choose; none come with Capstan.
 *
 * <p>Arguments are names of recipes, Maven coordinates of the artifacts that have them ({@code
 * group:artifact:version}), and at most one YAML file with recipes of the user's own.
 */
public final class OpenRewriteEngine implements Engine {
  /** The name by which plans call it. */
  public static final String NAME = "openrewrite";

  private static final String PLUGIN = "org.openrewrite.maven:rewrite-maven-plugin:6.46.1:run";
  private static final Pattern RECIPE =
      Pattern.compile("[A-Za-z_][A-Za-z0-9_]*(\\.[A-Za-z0-9_$-]+)*");
  private static final Pattern COORDINATES =
      Pattern.compile("[A-Za-z0-9_.-]+:[A-Za-z0-9_.-]+:[A-Za-z0-9_.-]+");
  private static final int COMPLAINTS = 3;
  private static final Duration CLEARING = Duration.ofMinutes(5);

  private final Sandbox sandbox;
  private final Path files;
  private final Limits limits;

  /**
   * An engine on that sandbox.
   *
   * @param files where files sent along are found inside
   * @param limits of each command; its time limit is the work's
   */
  public OpenRewriteEngine(Sandbox sandbox, Path files, Limits limits) {
    this.sandbox = sandbox;
    this.files = files;
    this.limits = limits;
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public boolean usesToolchain() {
    return true;
  }

  @Override
  public Optional<String> refuses(Work work) {
    List<String> strange =
        work.arguments().stream().filter(argument -> !isUnderstood(argument)).toList();
    if (!strange.isEmpty()) {
      return Optional.of(
          "\"%s\" is neither the name of a recipe, nor group:artifact:version, nor a YAML file"
              .formatted(strange.getFirst()));
    }
    return recipes(work).isEmpty() ? Optional.of("it names no recipe") : Optional.empty();
  }

  private boolean isUnderstood(String argument) {
    return isRecipe(argument) || COORDINATES.matcher(argument).matches() || isFile(argument);
  }

  private static boolean isRecipe(String argument) {
    return RECIPE.matcher(argument).matches();
  }

  private boolean isFile(String argument) {
    return argument.matches(".*\\.ya?ml") && Path.of(argument).startsWith(files);
  }

  private static List<String> recipes(Work work) {
    return work.arguments().stream().filter(OpenRewriteEngine::isRecipe).toList();
  }

  @Override
  public Result perform(Job job, OutputListener output) {
    Optional<String> refused = refuses(job.work());
    if (refused.isPresent()) {
      return new Result.Failed(Failure.terminal("openrewrite: " + refused.get()));
    }
    String toolchain = job.toolchain().map(found -> found.name()).orElse("nothing known");
    if (!toolchain.equals(Maven.NAME)) {
      return new Result.Failed(
          Failure.terminal(
              "openrewrite works through a project's Maven build, and this one is built by "
                  + toolchain));
    }
    List<Path> before = buildFolders(job.tree());
    List<String> complaints = new CopyOnWriteArrayList<>();
    Outcome outcome =
        run(
            job,
            command(job),
            job.work().timeLimit(),
            (stream, line) -> {
              if (line.startsWith("[ERROR] ") && complaints.size() < COMPLAINTS) {
                complaints.add(complaint(line, job.tree()));
              }
              output.line(stream, line);
            });
    clear(job, before, output);
    return Results.of("openrewrite", outcome, String.join(" ", complaints));
  }

  /** What a line of Maven's complains about, with places as the repository has them. */
  static String complaint(String line, Path tree) {
    return line.substring("[ERROR]".length()).strip().replace(tree + "/", "");
  }

  private List<String> command(Job job) {
    Work work = job.work();
    List<String> more = new ArrayList<>(List.of(PLUGIN));
    more.add("-Drewrite.activeRecipes=" + String.join(",", recipes(work)));
    String artifacts =
        String.join(
            ",", work.arguments().stream().filter(a -> COORDINATES.matcher(a).matches()).toList());
    if (!artifacts.isEmpty()) {
      more.add("-Drewrite.recipeArtifactCoordinates=" + artifacts);
    }
    work.arguments().stream()
        .filter(this::isFile)
        .findFirst()
        .ifPresent(file -> more.add("-Drewrite.configLocation=" + file));
    more.add("-Drewrite.failOnInvalidActiveRecipes=true");
    return Maven.argv(job.network().equals(Network.NONE), more);
  }

  private Outcome run(Job job, List<String> argv, Duration limit, OutputListener output) {
    List<Bind> binds = new ArrayList<>(job.binds());
    binds.add(Bind.Writable.of(job.tree()));
    job.files().forEach((name, path) -> binds.add(new Bind.ReadOnly(path, files.resolve(name))));
    return sandbox.run(
        new Confinement(
            job.label(),
            argv,
            job.tree(),
            binds,
            Map.copyOf(job.environment()),
            job.network(),
            limits.withTime(limit)),
        output);
  }

  /** What the build made on the way is no change. It is deleted inside, as code made it. */
  private void clear(Job job, List<Path> before, OutputListener output) {
    List<String> made =
        buildFolders(job.tree()).stream()
            .filter(folder -> !before.contains(folder))
            .map(Path::toString)
            .toList();
    if (!made.isEmpty()) {
      List<String> argv = new ArrayList<>(List.of("rm", "-rf", "--"));
      argv.addAll(made);
      run(job, argv, CLEARING, output);
    }
  }

  /** The folders {@code target} beside a POM. */
  private static List<Path> buildFolders(Path tree) {
    try (Stream<Path> all =
        Files.find(tree, 12, (path, at) -> at.isRegularFile() && path.endsWith("pom.xml"))) {
      return all.map(pom -> pom.resolveSibling("target"))
          .filter(folder -> Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS))
          .sorted()
          .toList();
    } catch (IOException unreadable) {
      throw new UncheckedIOException("cannot look for build folders in " + tree, unreadable);
    }
  }
}
