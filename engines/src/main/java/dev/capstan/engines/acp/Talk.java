package dev.capstan.engines.acp;

import dev.capstan.sandbox.Conversation;
import dev.capstan.sandbox.OutputListener;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** One agent's standard streams: what it prints are messages, what it complains of is kept. */
final class Talk implements Conversation, Connection.Peer {
  private static final int COMPLAINTS = 5;

  private final OutputListener output;
  private final Updates updates;
  private final Permissions permissions;
  private final CompletableFuture<Connection> connection = new CompletableFuture<>();
  private final Deque<String> complaints = new ArrayDeque<>();
  private final Set<Long> known = new HashSet<>();
  private Inside inside = Map::of;

  Talk(OutputListener output, Updates updates, Permissions permissions) {
    this.output = output;
    this.updates = updates;
    this.permissions = permissions;
  }

  @Override
  public void over(Inside newInside) {
    inside = newInside;
  }

  /** Tells what was done with the agent. */
  void note(String text) {
    output.line(Stream.OUT, text);
  }

  /** Whatever has lost its parent by now was there before the agent was asked anything. */
  void noteOrphans() {
    known.addAll(inside.orphans().keySet());
  }

  /** Tells what the agent has left running although it says that it is done. */
  void tellOrphans() {
    inside
        .orphans()
        .forEach((number, command) -> {
          if (known.add(number)) {
            output.line(Stream.OUT, "left running: " + command + "; it is ended with the agent");
          }
        });
  }

  @Override
  public void begin(OutputStream input) {
    connection.complete(new Connection(input, this));
  }

  /** As soon as the agent was started. */
  CompletableFuture<Connection> connection() {
    return connection;
  }

  @Override
  public void line(Stream stream, String line) {
    switch (stream) {
      case OUT -> connection.join().hear(line);
      case ERR -> complain(line);
    }
  }

  private void complain(String line) {
    output.line(Stream.ERR, line);
    synchronized (complaints) {
      complaints.add(line);
      if (complaints.size() > COMPLAINTS) {
        complaints.remove();
      }
    }
  }

  /** The last lines of its error stream, in one. */
  String complaint() {
    synchronized (complaints) {
      return String.join("; ", complaints);
    }
  }

  @Override
  public void noise(String line) {
    output.line(Stream.OUT, line);
  }

  @Override
  public void told(String method, JsonNode parameters) {
    if (method.equals("session/update")) {
      updates.hear(parameters.path("update"));
    }
  }

  /** Files and terminals are not offered: the agent works in its sandbox, where it is measured. */
  @Override
  public JsonNode asked(String method, JsonNode parameters) {
    if (!method.equals("session/request_permission")) {
      throw new Connection.RemoteError(
          Connection.METHOD_NOT_FOUND, method + " is not offered: work in your own folder");
    }
    updates.flush();
    JsonNode call = parameters.path("toolCall");
    Permissions.Decision decision = permissions.decide(call.path("kind").asString("other"));
    Optional<String> option = permissions.option(parameters.path("options"), decision);
    output.line(
        Stream.OUT,
        "permission: "
            + call.path("title").asString("something unnamed")
            + ": "
            + option.map(_ -> word(decision)).orElse("no answer fits"));
    return outcome(option);
  }

  private static String word(Permissions.Decision decision) {
    return switch (decision) {
      case ALLOW -> "allowed, this once";
      case REFUSE -> "refused";
    };
  }

  private static JsonNode outcome(Optional<String> option) {
    ObjectNode answer = JsonMapper.shared().createObjectNode();
    ObjectNode outcome = answer.putObject("outcome");
    if (option.isPresent()) {
      outcome.put("outcome", "selected").put("optionId", option.get());
    } else {
      outcome.put("outcome", "cancelled");
    }
    return answer;
  }

  /** What the agent said at last. */
  String lastWords() {
    return updates.lastWords();
  }

  /** The agent is gone. */
  void end(String why) {
    updates.flush();
    if (connection.isDone()) {
      connection.join().end(why);
    } else {
      connection.completeExceptionally(new IOException(why));
    }
  }
}
