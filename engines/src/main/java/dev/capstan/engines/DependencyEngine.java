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
import dev.capstan.workspace.toolchain.Npm;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Pattern;

/**
 * Updates the versions of dependencies in a project's own files, by its own tool: Maven's versions
 * plugin, or npm.
 *
 * <p>The first argument says how far: {@code patch}, {@code minor} or {@code major}. The others
 * name the dependencies, as {@code group:artifact} or npm's names; none means all.
 */
public final class DependencyEngine implements Engine {
  /** The name by which plans call it. */
  public static final String NAME = "dependencies";

  private static final String PLUGIN = "org.codehaus.mojo:versions-maven-plugin:2.19.1:";
  private static final List<String> LEVELS = List.of("patch", "minor", "major");
  private static final Pattern DEPENDENCY =
      Pattern.compile("@?[A-Za-z0-9*][A-Za-z0-9._*-]*([:/][A-Za-z0-9._*-]+)?");
  private static final String UNRELEASED = "(?i).*[.-](alpha|beta|rc|cr|m|ea|preview)[.-]?[0-9]*.*";
  private static final int COMPLAINTS = 3;

  private final Sandbox sandbox;
  private final Limits limits;

  /**
   * An engine on that sandbox.
   *
   * @param limits of each command; its time limit is the work's
   */
  public DependencyEngine(Sandbox sandbox, Limits limits) {
    this.sandbox = sandbox;
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
    if (work.arguments().isEmpty() || !LEVELS.contains(work.arguments().getFirst())) {
      return Optional.of("its first argument is one of " + String.join(", ", LEVELS));
    }
    return named(work).stream()
        .filter(name -> !DEPENDENCY.matcher(name).matches())
        .findFirst()
        .map(name -> "\"" + name + "\" is no group:artifact and no name of a package");
  }

  private static List<String> named(Work work) {
    return work.arguments().subList(1, work.arguments().size());
  }

  @Override
  public Result perform(Job job, OutputListener output) {
    Optional<String> refused = refuses(job.work());
    if (refused.isPresent()) {
      return failed(refused.get());
    }
    String toolchain = job.toolchain().map(found -> found.name()).orElse("nothing known");
    return switch (toolchain) {
      case Maven.NAME -> run(job, maven(job), Map.of(), output);
      case Npm.NAME -> npm(job, output);
      default -> failed("it works with Maven and npm, and this project is built by " + toolchain);
    };
  }

  private static List<String> maven(Job job) {
    String level = job.work().arguments().getFirst();
    List<String> more =
        new ArrayList<>(
            List.of(
                PLUGIN + "use-latest-releases",
                PLUGIN + "update-properties",
                "-DgenerateBackupPoms=false",
                "-Dmaven.version.ignore=" + UNRELEASED,
                "-DallowMajorUpdates=" + level.equals("major"),
                "-DallowMinorUpdates=" + !level.equals("patch")));
    if (!named(job.work()).isEmpty()) {
      more.add("-Dincludes=" + String.join(",", named(job.work())));
    }
    return Maven.argv(job.network().equals(Network.NONE), more);
  }

  /** npm itself keeps within the ranges that the project gives, most often minor versions. */
  private Result npm(Job job, OutputListener output) {
    if (!job.work().arguments().getFirst().equals("minor")) {
      return failed("npm updates within the ranges of package.json only; say minor");
    }
    if (!Files.isRegularFile(job.tree().resolve("package-lock.json"), LinkOption.NOFOLLOW_LINKS)) {
      return failed("an npm project without a package-lock.json has no versions to update");
    }
    List<String> command =
        new ArrayList<>(List.of("npm", "update", "--save", "--package-lock-only"));
    if (job.network().equals(Network.NONE)) {
      command.add("--offline");
    }
    command.addAll(Npm.QUIET);
    command.add("--");
    command.addAll(named(job.work()));
    return run(job, command, Npm.environment(), output);
  }

  private static Result failed(String why) {
    return new Result.Failed(Failure.terminal("dependencies: " + why));
  }

  private Result run(Job job, List<String> argv, Map<String, String> more, OutputListener output) {
    List<Bind> binds = new ArrayList<>(job.binds());
    binds.add(Bind.Writable.of(job.tree()));
    Map<String, String> environment = new HashMap<>(job.environment());
    environment.putAll(more);
    List<String> complaints = new CopyOnWriteArrayList<>();
    Outcome outcome =
        sandbox.run(
            new Confinement(
                job.label(),
                argv,
                job.tree(),
                binds,
                environment,
                job.network(),
                limits.withTime(job.work().timeLimit())),
            (stream, line) -> {
              if (isComplaint(line) && complaints.size() < COMPLAINTS) {
                complaints.add(line.strip());
              }
              output.line(stream, line);
            });
    return Results.of(argv.getFirst(), outcome, String.join(" ", complaints));
  }

  private static boolean isComplaint(String line) {
    return line.startsWith("[ERROR] ") || line.startsWith("npm error ");
  }
}
