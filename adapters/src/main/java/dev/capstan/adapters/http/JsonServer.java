package dev.capstan.adapters.http;

import dev.capstan.knowledge.vectors.VectorsUnavailable;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A server that is spoken to in JSON over HTTP. Safe for many threads. Whatever goes wrong is a
 * {@link VectorsUnavailable} that names the server.
 */
public final class JsonServer implements AutoCloseable {
  private static final JsonMapper JSON = JsonMapper.shared();
  private static final Duration TO_CONNECT = Duration.ofSeconds(3);
  private static final Duration TO_ANSWER = Duration.ofSeconds(30);
  private static final int NOT_FOUND = 404;
  private static final int LONGEST_ANSWER = 256 << 20;
  private static final int LONGEST_REASON = 300;

  private final String name;
  private final URI base;
  private final Map<String, String> headers;
  private final HttpClient client =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(TO_CONNECT)
          .build();

  /**
   * Reaches nothing yet.
   *
   * @param name of what the server is, for messages
   * @param base {@code http://HOST:PORT} or {@code https://HOST:PORT}, and a path if it has one
   * @param headers of each request, such as a token
   */
  public JsonServer(String name, URI base, Map<String, String> headers) {
    this.name = name;
    this.base = URI.create(base.toString().replaceFirst("/+$", ""));
    this.headers = Map.copyOf(headers);
  }

  /** Empty if there is nothing at the path. */
  public Optional<JsonNode> post(String path, Object body) {
    return send("POST", path, json(body));
  }

  /** Empty if there is nothing at the path. */
  public Optional<JsonNode> put(String path, Object body) {
    return send("PUT", path, json(body));
  }

  private static BodyPublisher json(Object body) {
    return BodyPublishers.ofByteArray(JSON.writeValueAsBytes(body));
  }

  private Optional<JsonNode> send(String method, String path, BodyPublisher body) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(base + path))
            .timeout(TO_ANSWER)
            .header("Content-Type", "application/json")
            .method(method, body);
    headers.forEach(request::header);
    try {
      HttpResponse<InputStream> response =
          client.send(request.build(), BodyHandlers.ofInputStream());
      try (InputStream in = response.body()) {
        return read(response.statusCode(), in.readNBytes(LONGEST_ANSWER + 1));
      }
    } catch (IOException failure) {
      throw new VectorsUnavailable(this + " does not answer: " + reason(failure), failure);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new VectorsUnavailable(this + " was not waited for", interrupted);
    }
  }

  private Optional<JsonNode> read(int status, byte[] body) {
    if (status == NOT_FOUND) {
      return Optional.empty();
    }
    if (status / 100 != 2) {
      throw unavailable("HTTP " + status + ' ' + shortened(body));
    }
    if (body.length > LONGEST_ANSWER) {
      throw unavailable("more than " + LONGEST_ANSWER + " bytes");
    }
    try {
      return Optional.of(body.length == 0 ? JSON.nullNode() : JSON.readTree(body));
    } catch (JacksonException wrong) {
      throw new VectorsUnavailable(this + " did not answer in JSON: " + shortened(body), wrong);
    }
  }

  /** That it answered so. */
  public VectorsUnavailable unavailable(String answer) {
    return new VectorsUnavailable(this + " answers " + answer);
  }

  private static String shortened(byte[] body) {
    String text =
        new String(body, 0, Math.min(body.length, LONGEST_REASON), StandardCharsets.UTF_8);
    return text.replaceAll("\\p{Cntrl}+", " ").strip();
  }

  private static String reason(IOException failure) {
    String message = failure.getMessage();
    return message == null ? failure.getClass().getSimpleName() : message;
  }

  /** For people: what and where. */
  @Override
  public String toString() {
    return name
        + " at "
        + base.getScheme()
        + "://"
        + base.getHost()
        + (base.getPort() < 0 ? "" : ":" + base.getPort());
  }

  @Override
  public void close() {
    client.shutdownNow();
  }
}
