package dev.capstan.engines.acp;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * JSON-RPC 2.0 with one object a line, both ways. What the other side prints beside it is no error
 * of ours: it is told as noise. Safe for many threads; lines are heard by one at a time, in order.
 */
final class Connection {
  static final int METHOD_NOT_FOUND = -32601;
  private static final int BROKEN_REQUEST = -32602;

  private final JsonMapper json = JsonMapper.shared();
  private final OutputStream out;
  private final Peer peer;
  private final AtomicInteger lastId = new AtomicInteger();
  private final Map<Integer, CompletableFuture<JsonNode>> unanswered = new ConcurrentHashMap<>();

  /** What the other side asks and tells. */
  interface Peer {
    /** Answers a request. Throws {@link RemoteError} to refuse it. */
    JsonNode asked(String method, JsonNode parameters);

    void told(String method, JsonNode parameters);

    /** A line that is no message. */
    void noise(String line);
  }

  /** An error of the protocol: received in place of an answer, or to be sent as one. */
  static final class RemoteError extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final int code;

    RemoteError(int code, String message) {
      super(message);
      this.code = code;
    }

    int code() {
      return code;
    }
  }

  Connection(OutputStream out, Peer peer) {
    this.out = out;
    this.peer = peer;
  }

  /** Asks; the answer fails with {@link RemoteError}, or with {@link IOException} at the end. */
  CompletableFuture<JsonNode> ask(String method, Object parameters) {
    int id = lastId.incrementAndGet();
    CompletableFuture<JsonNode> answer = new CompletableFuture<>();
    unanswered.put(id, answer);
    ObjectNode message = message(method, parameters);
    message.put("id", id);
    try {
      send(message);
    } catch (IOException gone) {
      unanswered.remove(id);
      answer.completeExceptionally(gone);
    }
    return answer;
  }

  void tell(String method, Object parameters) throws IOException {
    send(message(method, parameters));
  }

  private ObjectNode message(String method, Object parameters) {
    ObjectNode message = json.createObjectNode();
    message.put("jsonrpc", "2.0");
    message.put("method", method);
    message.set("params", json.valueToTree(parameters));
    return message;
  }

  /** A line that the other side has printed. */
  void hear(String line) {
    JsonNode message;
    try {
      message = json.readTree(line);
    } catch (JacksonException notJson) {
      peer.noise(line);
      return;
    }
    if (!message.isObject() || !message.path("jsonrpc").asString("").equals("2.0")) {
      peer.noise(line);
    } else if (message.has("method")) {
      heardRequest(message);
    } else {
      heardAnswer(message);
    }
  }

  private void heardRequest(JsonNode message) {
    String method = message.path("method").asString("");
    JsonNode parameters = message.path("params");
    if (!message.has("id")) {
      peer.told(method, parameters);
      return;
    }
    ObjectNode answer = json.createObjectNode();
    answer.put("jsonrpc", "2.0");
    answer.set("id", message.get("id"));
    try {
      answer.set("result", peer.asked(method, parameters));
    } catch (RemoteError refusal) {
      answer.set("error", error(refusal.code(), String.valueOf(refusal.getMessage())));
    } catch (JacksonException broken) {
      answer.set("error", error(BROKEN_REQUEST, "these parameters cannot be understood"));
    }
    try {
      send(answer);
    } catch (IOException gone) {
      end("it went away while it waited for an answer");
    }
  }

  private ObjectNode error(int code, String text) {
    return json.createObjectNode().put("code", code).put("message", text);
  }

  private void heardAnswer(JsonNode message) {
    CompletableFuture<JsonNode> waiting = unanswered.remove(message.path("id").asInt(0));
    if (waiting == null) {
      peer.noise(message.toString());
    } else if (message.has("error")) {
      JsonNode error = message.get("error");
      waiting.completeExceptionally(new RemoteError(error.path("code").asInt(0), said(error)));
    } else {
      waiting.complete(message.path("result"));
    }
  }

  /** The general message of an error, and the particular one where there is one. */
  private static String said(JsonNode error) {
    String general = error.path("message").asString("no reason given");
    JsonNode data = error.path("data");
    String particular = data.isString() ? data.asString() : data.path("details").asString("");
    return particular.isEmpty() || particular.equals(general)
        ? general
        : general + ": " + particular;
  }

  private void send(JsonNode message) throws IOException {
    byte[] line = (message + "\n").getBytes(StandardCharsets.UTF_8);
    synchronized (out) {
      out.write(line);
      out.flush();
    }
  }

  /** Nothing more is heard; whoever waits for an answer is told why. */
  void end(String why) {
    unanswered.values().forEach(answer -> answer.completeExceptionally(new IOException(why)));
    unanswered.clear();
  }

  /** Says that we will write nothing more. */
  void closeInput() {
    try {
      out.close();
    } catch (IOException gone) {
      // It has ended by itself.
    }
  }
}
