package dev.capstan.engines;

import dev.capstan.core.plan.Work;
import dev.capstan.core.run.Failure;
import dev.capstan.engines.Engine.Job;
import dev.capstan.engines.Engine.Result;
import dev.capstan.engines.Placeholders.Filled;
import dev.capstan.sandbox.Bind;
import dev.capstan.sandbox.Confinement;
import dev.capstan.sandbox.Limits;
import dev.capstan.sandbox.Network;
import dev.capstan.sandbox.OutputListener;
import dev.capstan.sandbox.Sandbox;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Runs a program with its arguments, never through a shell, in the clone's root, without a network.
 * Where it asks for a variable that says where a provider of models is, it gets those of the
 * gateway, and the way to it.
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
  public boolean usesModels(Work work) {
    return ModelAccess.isAskedForBy(work.environment());
  }

  @Override
  public Optional<String> refuses(Work work) {
    return Placeholders.fault(work.arguments());
  }

  @Override
  public Result perform(Job job, OutputListener output) {
    return switch (Placeholders.fill(job.work().arguments(), job.purpose(), job.tree())) {
      case Filled.Command(var argv) -> run(job, argv, output);
      case Filled.Impossible(var why) ->
          new Result.Failed(Failure.recoverable(job.work().arguments().getFirst() + ": " + why));
    };
  }

  private Result run(Job job, List<String> argv, OutputListener output) {
    List<Bind> binds = new ArrayList<>(job.binds());
    binds.add(Bind.Writable.of(job.tree()));
    job.files().forEach((name, path) -> binds.add(new Bind.ReadOnly(path, files.resolve(name))));
    binds.add(new Bind.Writable(job.asking(), Questions.FOLDER));
    binds.add(new Bind.ReadOnly(job.telling(), InstructionFiles.FOLDER));
    Confinement confinement =
        new Confinement(
            job.label(),
            argv,
            job.tree(),
            binds,
            environment(job),
            job.models().map(ModelAccess::network).orElse(Network.NONE),
            limits.withTime(job.work().timeLimit()));
    Conflicts conflicts = new Conflicts(output);
    Result result = conflicts.named(perform(job, confinement, conflicts, argv.getFirst()));
    return Questions.before(job, result);
  }

  private Result perform(Job job, Confinement confinement, OutputListener output, String program) {
    try (InstructionFiles _ = new InstructionFiles(job.instructions(), job.telling())) {
      return Results.of(program, sandbox.run(confinement, output), "");
    }
  }

  private Map<String, String> environment(Job job) {
    Map<String, String> environment = new HashMap<>(job.environment());
    Map<String, String> given = job.models().map(ModelAccess::variables).orElse(Map.of());
    for (String name : job.work().environment()) {
      String value = given.getOrDefault(name, host.get(name));
      if (value != null) {
        environment.put(name, value);
      }
    }
    return environment;
  }
}
