package dev.capstan.engines.builtin;

import dev.capstan.core.plan.Work;
import dev.capstan.engines.Results;
import dev.capstan.engines.Told;
import dev.capstan.engines.Workbench;
import dev.capstan.engines.chat.ChatModel;
import dev.capstan.engines.prompt.AgentWork;
import dev.capstan.engines.prompt.PromptedEngine;
import dev.capstan.engines.prompt.Prompts;
import dev.capstan.engines.prompt.Role;
import dev.capstan.engines.prompt.StepPrompt;
import dev.capstan.engines.watch.Watch;
import dev.capstan.sandbox.OutputListener;
import java.util.Optional;

/**
 * A coding agent of Capstan's own, for which no agent need be installed. It starts no program: it
 * reads through the workbench, changes files itself, and has tests run in the sandbox.
 */
public final class BuiltInEngine implements PromptedEngine {
  /** The name by which plans call it. */
  public static final String NAME = "builtin";

  private static final String ASK = "call the tool ask";

  private final Prompts prompts;
  private final Limits limits;
  private final Watch.Limits patience;

  /**
   * How much is too much, beside the work's time limit.
   *
   * @param turns questions to the model
   * @param tokens in and out, over all turns
   * @param characters of the conversation; what is older is left out
   */
  public record Limits(int turns, long tokens, int characters) {
    public static final Limits DEFAULT = new Limits(200, 5_000_000, 400_000);
  }

  public BuiltInEngine(Prompts prompts) {
    this(prompts, Limits.DEFAULT, Watch.Limits.DEFAULT);
  }

  BuiltInEngine(Prompts prompts, Limits limits, Watch.Limits patience) {
    this.prompts = prompts;
    this.limits = limits;
    this.patience = patience;
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Prompts prompts() {
    return prompts;
  }

  @Override
  public Optional<String> refuses(Work work) {
    return AgentWork.of(work.arguments()).model().isEmpty()
        ? Optional.of(
            "it needs to be told its model, as models.yaml names it, such as model: small")
        : PromptedEngine.super.refuses(work);
  }

  @Override
  public Result perform(Job job, OutputListener output) {
    if (job.models().isEmpty()) {
      return Results.withoutModels(NAME);
    }
    AgentWork work = AgentWork.of(job.work().arguments());
    Role role = work.asRole();
    Workbench bench = job.workbench().orElseThrow();
    Edits edits = new Edits(job.tree(), job.purpose().scope(), bench.code());
    try (Told told = new Told(job.instructions());
        ModelRelay relay = new ModelRelay(job.models().get(), job.work().timeLimit())) {
      return new Talk(
              new ChatModel(relay),
              work.model().orElseThrow(),
              StepPrompt.of(prompts.of(role), job, work.wish(), ASK, told.before()),
              new Toolset(role, bench, edits),
              told.meanwhile(),
              new Watch(patience, System.nanoTime()),
              limits,
              output)
          .until(System.nanoTime() + job.work().timeLimit().toNanos(), job.work().timeLimit());
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
      return new Result.Stopped();
    }
  }
}
