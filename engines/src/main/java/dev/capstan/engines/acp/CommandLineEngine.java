package dev.capstan.engines.acp;

import dev.capstan.core.run.WrapUp;
import dev.capstan.engines.Questions;
import dev.capstan.engines.Results;
import dev.capstan.engines.Told;
import dev.capstan.engines.acp.CellRun.GotStuck;
import dev.capstan.engines.prompt.AgentWork;
import dev.capstan.engines.prompt.PromptedEngine;
import dev.capstan.engines.prompt.Prompts;
import dev.capstan.engines.prompt.StepPrompt;
import dev.capstan.engines.watch.Watch;
import dev.capstan.sandbox.Limits;
import dev.capstan.sandbox.Outcome;
import dev.capstan.sandbox.OutputListener;
import dev.capstan.sandbox.Sandbox;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicReference;

/**
 * A coding agent that is asked by its command line and works until it ends, in the same sandbox as
 * one that speaks the protocol, and watched as one. What people tell it meanwhile, it is asked when
 * it has ended.
 */
public final class CommandLineEngine implements PromptedEngine {
  private static final Duration FOR_EVER = Duration.ofDays(1);

  private final Agent agent;
  private final Sandbox sandbox;
  private final Path files;
  private final Limits limits;
  private final Prompts prompts;
  private final Watch.Limits patience;

  /**
   * An engine for that agent.
   *
   * @param files where files sent along are found inside
   * @param limits of each time it is asked; its time limit is the work's
   */
  public CommandLineEngine(
      Agent agent, Sandbox sandbox, Path files, Limits limits, Prompts prompts) {
    this(agent, sandbox, files, limits, prompts, Watch.Limits.DEFAULT);
  }

  CommandLineEngine(
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
    Result result = perform(job, work, cell, watch, output);
    return Questions.before(job, result);
  }

  private Result perform(
      Job job, AgentWork work, AgentCell cell, Watch watch, OutputListener output) {
    try (Told told = new Told(job.instructions())) {
      String prompt =
          StepPrompt.of(
              prompts.of(work.asRole()), job, work.wish(), StepPrompt.ASK_BY_FILE, told.before());
      Result result = ask(cell, prompt, told.meanwhile(), watch, output);
      while (result instanceof Result.Done && !told.meanwhile().isEmpty()) {
        job.turnEnd().run();
        String more = StepPrompt.instruction(told.meanwhile().remove());
        result = ask(cell, prompt + "\n\n" + more, told.meanwhile(), watch, output);
      }
      return result;
    }
  }

  private Result ask(
      AgentCell cell, String prompt, Queue<String> told, Watch watch, OutputListener output) {
    AtomicReference<String> complaint = new AtomicReference<>("");
    OutputListener listener =
        (stream, line) -> {
          hear(stream, line, watch);
          if (stream == OutputListener.Stream.ERR && !line.isBlank()) {
            complaint.set(line.strip());
          }
          output.line(stream, line);
        };
    CellRun run =
        new CellRun(
            agent.name(),
            sandbox,
            cell.confinement(cell.command(prompt)),
            listener,
            watch,
            () -> {});
    try {
      Outcome outcome = run.await(run.outcome(), FOR_EVER, () -> wrapUp(told, watch));
      wrapUp(told, watch);
      return Results.of(agent.name(), outcome, complaint.get());
    } catch (GotStuck stuck) {
      return new Result.Failed(watch.failure(agent.name(), stuck.what()));
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
      return new Result.Stopped();
    } catch (ExecutionException failure) {
      throw failure.getCause() instanceof RuntimeException known
          ? known
          : new IllegalStateException(agent.name() + " could not be run", failure);
    } finally {
      run.kill();
    }
  }

  private static void hear(OutputListener.Stream stream, String line, Watch watch) {
    List<String> calls = stream == OutputListener.Stream.OUT ? PrintedCalls.in(line) : List.of();
    calls.forEach(call -> watch.call(call, System.nanoTime()));
    if (calls.isEmpty()) {
      watch.line(line, System.nanoTime());
    }
  }

  /** It hears nothing while it works, but its model is told by the gateway. */
  private static void wrapUp(Queue<String> told, Watch watch) {
    if (told.removeIf(WrapUp::is)) {
      watch.wrapUp();
    }
  }
}
