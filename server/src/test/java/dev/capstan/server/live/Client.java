package dev.capstan.server.live;

import dev.capstan.api.Endpoint;
import java.io.BufferedReader;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A client over WebSocket or server-sent events, and what came to it. */
public final class Client implements AutoCloseable {
  private final List<JsonNode> messages = new ArrayList<>();
  private final CompletableFuture<Integer> closed = new CompletableFuture<>();
  private final Closeable connection;
  private Runnable readOn = () -> {};

  private Client(HttpClient http, Endpoint endpoint, String query, boolean reads) {
    URI address = URI.create(endpoint.url().replaceFirst("http", "ws") + "/ws/events?" + query);
    WebSocket socket =
        http.newWebSocketBuilder()
            .header("Authorization", "Bearer " + endpoint.token())
            .buildAsync(address, new Listener(reads))
            .join();
    connection = socket::abort;
    readOn = () -> socket.request(Long.MAX_VALUE);
  }

  private Client(HttpClient http, Endpoint endpoint, String query) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(endpoint.url() + "/api/v1/events/stream?" + query))
            .header("Authorization", "Bearer " + endpoint.token())
            .build();
    InputStream body = http.send(request, BodyHandlers.ofInputStream()).body();
    connection = body;
    Thread.ofVirtual().start(() -> read(body));
  }

  public static Client overWebSocket(HttpClient http, Endpoint endpoint, String query) {
    return new Client(http, endpoint, query, true);
  }

  /** One that takes nothing until {@link #readOn}. */
  static Client thatDoesNotRead(HttpClient http, Endpoint endpoint, String query) {
    return new Client(http, endpoint, query, false);
  }

  public static Client overEvents(HttpClient http, Endpoint endpoint, String query)
      throws Exception {
    return new Client(http, endpoint, query);
  }

  private void read(InputStream body) {
    try (BufferedReader lines =
        new BufferedReader(new InputStreamReader(body, StandardCharsets.UTF_8))) {
      String line;
      while ((line = lines.readLine()) != null) {
        if (line.startsWith("data:")) {
          add(line.substring("data:".length()));
        }
      }
      closed.complete(0);
    } catch (IOException gone) {
      closed.complete(-1);
    }
  }

  private synchronized void add(String json) {
    messages.add(JsonMapper.shared().readTree(json));
  }

  synchronized List<Long> sequence() {
    return messages.stream().map(message -> message.get("seq").asLong()).toList();
  }

  public synchronized List<JsonNode> messages() {
    return List.copyOf(messages);
  }

  void readOn() {
    readOn.run();
  }

  /** The code that the connection was closed with. */
  public CompletableFuture<Integer> closed() {
    return closed;
  }

  @Override
  public void close() throws IOException {
    connection.close();
  }

  private final class Listener implements WebSocket.Listener {
    private final boolean reads;
    private final StringBuilder part = new StringBuilder();

    Listener(boolean reads) {
      this.reads = reads;
    }

    @Override
    public void onOpen(WebSocket socket) {
      if (reads) {
        socket.request(Long.MAX_VALUE);
      }
    }

    @Override
    public CompletionStage<?> onText(WebSocket socket, CharSequence text, boolean last) {
      part.append(text);
      if (last) {
        add(part.toString());
        part.setLength(0);
      }
      return CompletableFuture.completedFuture(null);
    }

    @Override
    public CompletionStage<?> onClose(WebSocket socket, int code, String reason) {
      closed.complete(code);
      return CompletableFuture.completedFuture(null);
    }

    @Override
    public void onError(WebSocket socket, Throwable failure) {
      closed.complete(-1);
    }
  }
}
