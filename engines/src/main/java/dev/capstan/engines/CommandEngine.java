package dev.capstan.engines;

import dev.capstan.core.evidence.Violation;
import dev.capstan.core.evidence.Violation.Category;
import dev.capstan.core.run.Failure;
import dev.capstan.sandbox.Bind;
import dev.capstan.sandbox.Confinement;
import dev.capstan.sandbox.Limits;
import dev.capstan.sandbox.Network;
import dev.capstan.sandbox.Outcome;
import dev.capstan.sandbox.OutputListener;
import dev.capstan.sandbox.Sandbox;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Runs a program with its arguments, never through a shell, in the clone's root, without a network.
 */
public final class CommandEngine implements Engine {
  /** The name by which plans call it. */
  public static final String NAME = "command";

  private final Sandbox sandbox;
  private final Path files;
  private final Map<String, String> host;
  private final Limits limits;

  /**
   * An engine on that sandbox.
   *
   * @param files where files sent along are found inside
   * @param host the variables that may be passed through by name
   * @param limits of each command; its time limit is the work's
   */
  public CommandEngine(Sandbox sandbox, Path files, Map<String, String> host, Limits limits) {
    this.sandbox = sandbox;
    this.files = files;
    this.host = Map.copyOf(host);
    this.limits = limits;
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Result perform(Job job, OutputListener output) {
    List<Bind> binds = new ArrayList<>(job.binds());
    binds.add(Bind.Writable.of(job.tree()));
    job.files().forEach((name, path) -> binds.add(new Bind.ReadOnly(path, files.resolve(name))));
    Confinement confinement =
        new Confinement(
            job.label(),
            job.work().arguments(),
            job.tree(),
            binds,
            environment(job),
            Network.NONE,
            limits.withTime(job.work().timeLimit()));
    return result(job, sandbox.run(confinement, output));
  }

  private Map<String, String> environment(Job job) {
    Map<String, String> environment = new HashMap<>(job.environment());
    for (String name : job.work().environment()) {
      String value = host.get(name);
      if (value != null) {
        environment.put(name, value);
      }
    }
    return environment;
  }

  private static Result result(Job job, Outcome outcome) {
    String program = job.work().arguments().getFirst();
    return switch (outcome) {
      case Outcome.Exited(var code, _) when code == 0 -> new Result.Done();
      case Outcome.Exited(var code, _) ->
          new Result.Failed(Failure.recoverable(program + " ended with exit code " + code));
      case Outcome.TimedOut(var limit) ->
          broken(
              Category.TIME_OUT,
              program,
              "still running after " + limit.toSeconds() + " s, its time limit");
      case Outcome.LimitExceeded(var limit, var detail) ->
          broken(
              Category.LIMIT,
              program,
              "limit on " + limit.name().toLowerCase(Locale.ROOT) + " exceeded: " + detail);
      case Outcome.NotStarted(var reason) ->
          new Result.Failed(Failure.terminal(program + " could not be started: " + reason));
      case Outcome.Stopped _ -> new Result.Stopped();
    };
  }

  private static Result broken(Category category, String program, String detail) {
    return new Result.Failed(
        new Failure(
            Failure.Kind.RECOVERABLE,
            program + " was ended: " + detail,
            List.of(new Violation(category, program, detail))));
  }
}
