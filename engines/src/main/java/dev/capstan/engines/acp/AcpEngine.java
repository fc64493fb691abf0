package dev.capstan.engines.acp;

import dev.capstan.engines.Questions;
import dev.capstan.engines.Results;
import dev.capstan.engines.Told;
import dev.capstan.engines.prompt.AgentWork;
import dev.capstan.engines.prompt.PromptedEngine;
import dev.capstan.engines.prompt.Prompts;
import dev.capstan.engines.prompt.StepPrompt;
import dev.capstan.engines.watch.Watch;
import dev.capstan.sandbox.Limits;
import dev.capstan.sandbox.OutputListener;
import dev.capstan.sandbox.Sandbox;
import java.nio.file.Path;

/**
 * A coding agent that speaks the Agent Client Protocol, in a sandbox that leads to the gateway of
 * models and nowhere else. What the protocol says of tokens is not believed: the gateway counts.
 */
public final class AcpEngine implements PromptedEngine {
  private final Agent agent;
  private final Sandbox sandbox;
  private final Path files;
  private final Limits limits;
  private final Watch.Limits patience;
  private final Prompts prompts;

  /**
   * An engine for that agent.
   *
   * @param files where files sent along are found inside
   * @param limits of each attempt; its time limit is the work's
   */
  public AcpEngine(Agent agent, Sandbox sandbox, Path files, Limits limits, Prompts prompts) {
    this(agent, sandbox, files, limits, prompts, Watch.Limits.DEFAULT);
  }

  AcpEngine(
      Agent agent,
      Sandbox sandbox,
      Path files,
      Limits limits,
      Prompts prompts,
      Watch.Limits patience) {
    this.agent = agent;
    this.sandbox = sandbox;
    this.files = files;
    this.limits = limits;
    this.prompts = prompts;
    this.patience = patience;
  }

  @Override
  public String name() {
    return agent.name();
  }

  @Override
  public Prompts prompts() {
    return prompts;
  }

  @Override
  public Result perform(Job job, OutputListener output) {
    if (job.models().isEmpty()) {
      return Results.withoutModels(agent.name());
    }
    AgentWork work = AgentWork.of(job.work().arguments());
    AgentCell cell = new AgentCell(agent, job, work, files, limits);
    Watch watch = new Watch(patience, System.nanoTime());
    Updates updates = new Updates(output, watch, System::nanoTime);
    Talk talk = new Talk(output, updates, agent.permissions());
    Result result = perform(job, work, cell, talk, watch);
    return Questions.before(job, result);
  }

  private Result perform(Job job, AgentWork work, AgentCell cell, Talk talk, Watch watch) {
    try (Told told = new Told(job.instructions())) {
      String prompt =
          StepPrompt.of(
              prompts.of(work.asRole()), job, work.wish(), StepPrompt.ASK_BY_FILE, told.before());
      return new AgentRun(
              agent, sandbox, cell.confinement(cell.command()), talk, watch, told.meanwhile())
          .perform(job.tree(), prompt, job.turnEnd());
    }
  }
}
