package dev.capstan.engines.acp;

import dev.capstan.core.run.Failure;
import dev.capstan.core.run.WrapUp;
import dev.capstan.engines.Engine.Result;
import dev.capstan.engines.Results;
import dev.capstan.engines.acp.CellRun.GotStuck;
import dev.capstan.engines.acp.Connection.RemoteError;
import dev.capstan.engines.prompt.StepPrompt;
import dev.capstan.engines.watch.Stuck;
import dev.capstan.engines.watch.Watch;
import dev.capstan.sandbox.Confinement;
import dev.capstan.sandbox.Outcome;
import dev.capstan.sandbox.Sandbox;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import tools.jackson.databind.JsonNode;

/**
 * One agent in its sandbox, from its start until nothing of it runs any more: it is asked once, and
 * watched until it says that it is done. For one thread.
 */
final class AgentRun {
  private static final int PROTOCOL = 1;
  private static final int AUTHENTICATION_REQUIRED = -32000;
  private static final Duration START = Duration.ofSeconds(90);
  private static final Duration GOODBYE = Duration.ofMillis(500);
  private static final Duration LAST_STEPS = Duration.ofSeconds(2);

  private final Agent agent;
  private final Talk talk;
  private final Watch watch;
  private final CellRun cell;
  private final Queue<String> told;
  private boolean cut;

  /**
   * Starts it.
   *
   * @param told what people tell it meanwhile: it hears of it when it has done what it was at
   */
  AgentRun(
      Agent agent,
      Sandbox sandbox,
      Confinement confinement,
      Talk talk,
      Watch watch,
      Queue<String> told) {
    this.agent = agent;
    this.talk = talk;
    this.watch = watch;
    this.told = told;
    this.cell =
        new CellRun(
            agent.name(), sandbox, confinement, talk, watch, () -> talk.end("it has ended"));
  }

  /**
   * Lets it do its work in that folder. In the end nothing of it runs, whatever happens.
   *
   * @param turnEnd is run between its turns
   */
  Result perform(Path folder, String prompt, Runnable turnEnd) {
    Optional<Connection> connection = Optional.empty();
    Optional<String> session = Optional.empty();
    try {
      connection = Optional.of(await(talk.connection(), START));
      boolean closes = initialize(connection.get());
      session = Optional.of(open(connection.get(), folder));
      talk.noteOrphans();
      Result result = prompt(connection.get(), session.get(), prompt);
      for (String more = more(); !more.isEmpty() && result instanceof Result.Done; more = more()) {
        turnEnd.run();
        result = prompt(connection.get(), session.get(), more);
      }
      talk.tellOrphans();
      leave(connection.get(), session.get(), closes);
      return result;
    } catch (Ended early) {
      return ended();
    } catch (GotStuck stuck) {
      sayGoodbye(connection, session);
      return failed(stuck.what());
    } catch (RemoteError refusal) {
      return refused(refusal);
    } catch (InterruptedException stop) {
      sayGoodbye(connection, session);
      Thread.currentThread().interrupt();
      return new Result.Stopped();
    } finally {
      cell.kill();
    }
  }

  /** What it is asked next, of all that it was told; "" for nothing. */
  private String more() {
    boolean unfinished = cut;
    cut = false;
    List<String> next = new ArrayList<>();
    for (String text = told.poll(); text != null; text = told.poll()) {
      if (!WrapUp.is(text)) {
        next.add(StepPrompt.instruction(text));
      } else if (unfinished) {
        next.add(text);
      }
    }
    return String.join("\n\n", next);
  }

  /** Its turn ends as soon as it is to wrap up: it would not hear of it before. */
  private void cutShort(Connection connection, String session) {
    if (cut || told.stream().noneMatch(WrapUp::is)) {
      return;
    }
    cut = true;
    watch.wrapUp();
    talk.note("its turn is cut short, as it is to wrap up");
    try {
      connection.tell("session/cancel", Map.of("sessionId", session));
    } catch (IOException gone) {
      talk.note("it is gone already");
    }
  }

  private boolean initialize(Connection connection) throws InterruptedException {
    JsonNode answer =
        await(
            connection.ask(
                "initialize",
                Map.of(
                    "protocolVersion",
                    PROTOCOL,
                    "clientInfo",
                    Map.of("name", "capstan", "version", "1"),
                    "clientCapabilities",
                    Map.of(
                        "fs",
                        Map.of("readTextFile", false, "writeTextFile", false),
                        "terminal",
                        false))),
            START);
    return answer.path("agentCapabilities").path("sessionCapabilities").has("close");
  }

  private String open(Connection connection, Path folder) throws InterruptedException {
    JsonNode answer =
        await(
            connection.ask(
                "session/new", Map.of("cwd", folder.toString(), "mcpServers", List.of())),
            START);
    String session = answer.path("sessionId").asString("");
    if (agent.mode().isPresent()) {
      await(
          connection.ask(
              "session/set_mode", Map.of("sessionId", session, "modeId", agent.mode().get())),
          START);
    }
    return session;
  }

  private Result prompt(Connection connection, String session, String text)
      throws InterruptedException {
    CompletableFuture<JsonNode> answer =
        connection.ask(
            "session/prompt",
            Map.of("sessionId", session, "prompt", List.of(Map.of("type", "text", "text", text))));
    String reason = reason(answer, () -> cutShort(connection, session));
    return switch (reason) {
      case "end_turn" -> new Result.Done(talk.lastWords());
      case "cancelled" -> cut ? new Result.Done(talk.lastWords()) : stopped(reason);
      case "max_tokens" -> failed(Stuck.CONTEXT_EXHAUSTED);
      case "max_turn_requests" -> failed(Stuck.TOO_MUCH);
      case "refusal" -> failed(Stuck.REFUSED);
      default -> stopped(reason);
    };
  }

  private Result stopped(String reason) {
    return new Result.Failed(
        Failure.recoverable(agent.name() + " stopped in the middle: \"" + reason + '"'));
  }

  /** Some answer with an error when their turn is cut short. */
  private String reason(CompletableFuture<JsonNode> answer, Runnable looking)
      throws InterruptedException {
    try {
      return await(answer, Duration.ofDays(1), looking).path("stopReason").asString("");
    } catch (RemoteError refusal) {
      if (cut) {
        return "cancelled";
      }
      throw refusal;
    }
  }

  // ---- waiting

  /** The agent ended before it had answered. */
  private static final class Ended extends RuntimeException {
    private static final long serialVersionUID = 1;
  }

  private <T> T await(CompletableFuture<T> answer, Duration atMost) throws InterruptedException {
    return await(answer, atMost, () -> {});
  }

  /** The answer; looks now and then whether the agent still gets anywhere. */
  private <T> T await(CompletableFuture<T> answer, Duration atMost, Runnable looking)
      throws InterruptedException {
    try {
      return cell.await(answer, atMost, looking);
    } catch (ExecutionException failure) {
      if (failure.getCause() instanceof RemoteError refusal) {
        throw refusal;
      }
      throw new Ended();
    }
  }

  // ---- endings

  private Result ended() {
    cell.kill();
    Outcome how = cell.outcome().join();
    String complaint = talk.complaint();
    return switch (how) {
      case Outcome.Exited(var code, _) ->
          new Result.Failed(
              Failure.recoverable(
                  agent.name()
                      + " ended with exit code "
                      + code
                      + " before it was done"
                      + (complaint.isEmpty() ? "" : ": " + complaint)));
      case Outcome.TimedOut _, Outcome.LimitExceeded _, Outcome.NotStarted _, Outcome.Stopped _ ->
          Results.of(agent.name(), how, complaint);
    };
  }

  private Result refused(RemoteError refusal) {
    String message = String.valueOf(refusal.getMessage());
    if (refusal.code() == AUTHENTICATION_REQUIRED) {
      return new Result.Failed(
          Failure.terminal(agent.name() + ": " + Stuck.NOT_SIGNED_IN.words() + ": " + message));
    }
    String lower = message.toLowerCase(Locale.ROOT);
    boolean limited = lower.contains("429") || lower.contains("rate limit");
    return new Result.Failed(
        Failure.recoverable(
            agent.name()
                + ": "
                + (limited ? Stuck.RATE_LIMITED.words() + ": " : "an error: ")
                + message));
  }

  private Result failed(Stuck stuck) {
    return new Result.Failed(watch.failure(agent.name(), stuck));
  }

  /** It is done: it may close what it has open, and ends when we write nothing more. */
  private void leave(Connection connection, String session, boolean closes)
      throws InterruptedException {
    if (closes) {
      quietly(connection.ask("session/close", Map.of("sessionId", session)));
    }
    connection.closeInput();
    quietly(cell.outcome(), LAST_STEPS);
  }

  /** It is not done: it is told to stop, and has a moment to. */
  private void sayGoodbye(Optional<Connection> connection, Optional<String> session) {
    if (connection.isPresent() && session.isPresent()) {
      try {
        connection.get().tell("session/cancel", Map.of("sessionId", session.get()));
      } catch (IOException gone) {
        return;
      }
      boolean interrupted = Thread.interrupted();
      try {
        quietly(cell.outcome(), GOODBYE);
      } catch (InterruptedException again) {
        interrupted = true;
      }
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private static void quietly(CompletableFuture<?> answer) throws InterruptedException {
    quietly(answer, GOODBYE);
  }

  private static void quietly(CompletableFuture<?> answer, Duration atMost)
      throws InterruptedException {
    try {
      answer.get(atMost.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException | TimeoutException _) {
      // It is ended anyway.
    }
  }
}
