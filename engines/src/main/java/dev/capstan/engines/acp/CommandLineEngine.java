package dev.capstan.engines.acp;

import dev.capstan.engines.Questions;
import dev.capstan.engines.Results;
import dev.capstan.engines.Told;
import dev.capstan.engines.prompt.AgentWork;
import dev.capstan.engines.prompt.PromptedEngine;
import dev.capstan.engines.prompt.Prompts;
import dev.capstan.engines.prompt.StepPrompt;
import dev.capstan.sandbox.Limits;
import dev.capstan.sandbox.OutputListener;
import dev.capstan.sandbox.Sandbox;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicReference;

/**
 * A coding agent that is asked by its command line and works until it ends, in the same sandbox as
 * one that speaks the protocol. What people tell it meanwhile, it is asked when it has ended.
 */
public final class CommandLineEngine implements PromptedEngine {
  private final Agent agent;
  private final Sandbox sandbox;
  private final Path files;
  private final Limits limits;
  private final Prompts prompts;

  /**
   * An engine for that agent.
   *
   * @param files where files sent along are found inside
   * @param limits of each time it is asked; its time limit is the work's
   */
  public CommandLineEngine(
      Agent agent, Sandbox sandbox, Path files, Limits limits, Prompts prompts) {
    this.agent = agent;
    this.sandbox = sandbox;
    this.files = files;
    this.limits = limits;
    this.prompts = prompts;
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
    Result result = perform(job, work, cell, output);
    return Questions.before(job, result);
  }

  private Result perform(Job job, AgentWork work, AgentCell cell, OutputListener output) {
    try (Told told = new Told(job.instructions())) {
      String prompt =
          StepPrompt.of(
              prompts.of(work.asRole()), job, work.wish(), StepPrompt.ASK_BY_FILE, told.before());
      Result result = ask(cell, prompt, output);
      while (result instanceof Result.Done && !told.meanwhile().isEmpty()) {
        String more = StepPrompt.instruction(told.meanwhile().remove());
        result = ask(cell, prompt + "\n\n" + more, output);
      }
      return result;
    }
  }

  private Result ask(AgentCell cell, String prompt, OutputListener output) {
    AtomicReference<String> complaint = new AtomicReference<>("");
    OutputListener listener =
        (stream, line) -> {
          if (stream == OutputListener.Stream.ERR && !line.isBlank()) {
            complaint.set(line.strip());
          }
          output.line(stream, line);
        };
    return Results.of(
        agent.name(),
        sandbox.run(cell.confinement(cell.command(prompt)), listener),
        complaint.get());
  }
}
