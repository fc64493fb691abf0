package dev.capstan.worker;

import dev.capstan.api.CreateRun;
import dev.capstan.core.plan.Work;
import dev.capstan.engines.BestOfEngine;
import dev.capstan.engines.CommandEngine;
import dev.capstan.engines.DependencyEngine;
import dev.capstan.engines.Engine;
import dev.capstan.engines.OpenRewriteEngine;
import dev.capstan.engines.acp.AcpEngine;
import dev.capstan.engines.acp.Agent;
import dev.capstan.engines.acp.CommandLineEngine;
import dev.capstan.engines.builtin.BuiltInEngine;
import dev.capstan.engines.codemod.Codemod;
import dev.capstan.engines.codemod.CodemodEngine;
import dev.capstan.engines.prompt.Prompts;
import dev.capstan.engines.tasklist.TaskListEngine;
import dev.capstan.sandbox.Limits;
import dev.capstan.sandbox.Sandbox;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The engines that every worker has. */
public final class Engines {
  private Engines() {}

  /**
   * By name.
   *
   * @param agents that are installed here
   * @param prompts what models are asked
   */
  public static Map<String, Engine> all(
      Sandbox sandbox,
      Map<String, String> environment,
      Limits limits,
      List<Agent> agents,
      Prompts prompts) {
    Path files = Path.of(CreateRun.FILES);
    Stream<Engine> coders =
        agents.stream()
            .map(agent ->
                switch (agent.form()) {
                  case PROTOCOL -> new AcpEngine(agent, sandbox, files, limits, prompts);
                  case COMMAND_LINE ->
                      new CommandLineEngine(agent, sandbox, files, limits, prompts);
                });
    Stream<Engine> tools =
        Stream.of(
            new CommandEngine(sandbox, files, environment, limits),
            new OpenRewriteEngine(sandbox, files, limits),
            new CodemodEngine(files, Codemod.Limits.DEFAULT),
            new DependencyEngine(sandbox, limits),
            new TaskListEngine(),
            new BuiltInEngine(prompts));
    Map<String, Engine> single =
        Stream.concat(tools, coders).collect(Collectors.toMap(Engine::name, Function.identity()));
    Map<String, Engine> all = new HashMap<>(single);
    all.put(Work.BEST_OF, new BestOfEngine(single));
    return all;
  }
}
