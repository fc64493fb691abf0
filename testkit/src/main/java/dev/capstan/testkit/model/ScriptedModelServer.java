package dev.capstan.testkit.model;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * A model server that follows a script: OpenAI Responses and Chat Completions, Anthropic Messages
 * and Gemini, each with server-sent events, on a port of the loopback device.
 */
public final class ScriptedModelServer implements AutoCloseable {
  static {
    // Else every piece of a stream waits for the acknowledgement of the one before.
    System.setProperty("sun.net.httpserver.nodelay", "true");
  }

  private final List<Dialect> dialects = Dialect.all();
  private final Script script;
  private final Play play;
  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

  private ScriptedModelServer(Script script, HttpServer server) {
    this.script = script;
    this.play = new Play(script);
    this.server = server;
  }

  /** Listens to a free port. */
  public static ScriptedModelServer start(Script script) {
    return start(script, 0);
  }

  public static ScriptedModelServer start(Script script, int port) {
    try {
      HttpServer http =
          HttpServer.create(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), port), 0);
      ScriptedModelServer server = new ScriptedModelServer(script, http);
      http.createContext("/", server::handle);
      http.setExecutor(server.threads);
      http.start();
      return server;
    } catch (IOException failure) {
      throw new UncheckedIOException("the scripted model server cannot listen", failure);
    }
  }

  /** Without a path; every protocol's own paths lie below. */
  public URI url() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  /** Every request to a model so far. */
  public List<Seen> seen() {
    return play.seen();
  }

  /** The tokens of all answers that were given whole. */
  public Usage served() {
    return play.served();
  }

  /** What was expected and did not come, as sentences; turns that were not asked for included. */
  public List<String> unmet() {
    return play.unmet();
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }

  // ---- answering

  /** What is thrown out of here lets the server break the connection. */
  private void handle(HttpExchange exchange) throws IOException {
    try {
      respond(exchange);
      exchange.close();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      throw new IOException("the server ends");
    } catch (RuntimeException fault) {
      play.wentWrong("the scripted server cannot answer: " + fault.getMessage());
      throw fault;
    }
  }

  private void respond(HttpExchange exchange) throws IOException, InterruptedException {
    String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    String path = exchange.getRequestURI().getPath();
    for (Dialect dialect : dialects) {
      Optional<Asked> asked =
          exchange.getRequestMethod().equals("POST") ? dialect.read(path, body) : Optional.empty();
      if (asked.isPresent()) {
        answer(exchange, dialect, asked.get(), seen(exchange, body));
        return;
      }
    }
    other(exchange, path);
  }

  private static Seen seen(HttpExchange exchange, String body) {
    Map<String, String> headers = new HashMap<>();
    exchange
        .getRequestHeaders()
        .forEach((name, values) -> {
          String small = name.toLowerCase(Locale.ROOT);
          headers.put(small, Seen.KEYS.contains(small) ? "(a key)" : values.getFirst());
        });
    return new Seen(
        exchange.getRequestMethod(), exchange.getRequestURI().toString(), headers, body, false);
  }

  /** What agents ask beside: a list of models, a count of tokens, whether anybody is there. */
  private static void other(HttpExchange exchange, String path) throws IOException {
    if (path.endsWith("/count_tokens")) {
      send(exchange, 200, Map.of("input_tokens", 100));
    } else if (path.endsWith(":countTokens")) {
      send(exchange, 200, Map.of("totalTokens", 100));
    } else if (path.endsWith("/models")) {
      send(
          exchange,
          200,
          Map.of("object", "list", "data", List.of(Map.of("id", "scripted", "object", "model"))));
    } else if (exchange.getRequestMethod().equals("HEAD")) {
      exchange.sendResponseHeaders(200, -1);
    } else {
      send(exchange, 404, Map.of("error", Map.of("message", "not found")));
    }
  }

  private void answer(HttpExchange exchange, Dialect dialect, Asked asked, Seen seen)
      throws IOException, InterruptedException {
    Play.Cue cue = play.next(asked, seen);
    switch (cue.answer()) {
      case Answer.Speech speech -> {
        Reply reply = reply(cue.number(), asked, speech);
        speak(exchange, dialect, asked, reply, speech.pace(), Integer.MAX_VALUE);
        play.served(speech.usage());
      }
      case Answer.CutStream(var speech, var pieces) ->
          speak(
              exchange, dialect, asked, reply(cue.number(), asked, speech), speech.pace(), pieces);
      case Answer.Failure(var status, var retryAfter, var message) -> {
        retryAfter.ifPresent(pause ->
            exchange.getResponseHeaders().set("Retry-After", String.valueOf(pause.toSeconds())));
        send(exchange, status, dialect.error(status, message));
      }
      case Answer.Garbage _ -> garbage(exchange);
      case Answer.Empty _ -> exchange.sendResponseHeaders(200, -1);
    }
  }

  private Reply reply(int number, Asked asked, Answer.Speech speech) {
    Toolbox tools = new Toolbox(asked.tools(), script);
    List<ToolCall> calls = new ArrayList<>();
    for (ToolUse use : speech.uses()) {
      calls.add(tools.call("call_" + number + "_" + calls.size(), use));
    }
    return new Reply(number, asked.model(), speech.text(), calls, speech.usage());
  }

  private static void speak(
      HttpExchange exchange, Dialect dialect, Asked asked, Reply reply, Pace pace, int pieces)
      throws IOException, InterruptedException {
    Thread.sleep(pace.first());
    if (!asked.streams()) {
      send(exchange, 200, dialect.whole(reply));
      return;
    }
    exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
    exchange.getResponseHeaders().set("Cache-Control", "no-cache");
    exchange.sendResponseHeaders(200, 0);
    OutputStream out = exchange.getResponseBody();
    List<ServerEvent> events = dialect.stream(asked, reply);
    for (ServerEvent event : events.subList(0, Math.min(pieces, events.size()))) {
      out.write(event.text().getBytes(StandardCharsets.UTF_8));
      out.flush();
      pause(pace.between());
    }
    if (pieces < events.size()) {
      throw new IOException("cut, as the script wants it");
    }
  }

  private static void pause(Duration between) throws InterruptedException {
    if (between.isPositive()) {
      Thread.sleep(between);
    }
  }

  private static void garbage(HttpExchange exchange) throws IOException {
    exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
    byte[] nonsense =
        "data: {\"half\": [1, 2\n\n<html>502 \u0000\u0007</html>\n\ndata: ]]\n\n"
            .getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(200, nonsense.length);
    exchange.getResponseBody().write(nonsense);
  }

  private static void send(HttpExchange exchange, int status, Object value) throws IOException {
    byte[] content = Dialect.write(value).getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.sendResponseHeaders(status, content.length);
    exchange.getResponseBody().write(content);
  }
}
