package dev.capstan.server;

import dev.capstan.postgres.embedded.DataFolder;
import dev.capstan.postgres.embedded.Ownership;
import java.io.ByteArrayInputStream;
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
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A real server on a real database, and what strangers send to it. */
final class Door implements AutoCloseable {
  static final String JSON = "application/json";

  private final CapstanServer server;
  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  private Door(CapstanServer server) {
    this.server = server;
  }

  static Door open(Path data, RequestLimits limits) {
    return open(data, limits, Map.of());
  }

  /** {@code environment} are its settings as variables. */
  static Door open(Path data, RequestLimits limits, Map<String, String> environment) {
    Settings settings = Settings.of(Optional.of(data), Optional.empty(), environment);
    if (!(DataFolder.tryOwn(settings.data()) instanceof Ownership.Owned(var folder))) {
      throw new AssertionError("the folder is not ours");
    }
    return new Door(
        CapstanServer.start(Installation.start(settings, folder), Listening.LOCAL, limits));
  }

  CapstanServer server() {
    return server;
  }

  /** Listens to workers on a free port of loopback; returns where. */
  URI listenToWorkers() {
    server.listenToWorkers(
        new WorkersDoor(
            Listening.parse("127.0.0.1:0", Optional.empty()).orElseThrow(), Optional.empty()));
    return URI.create(server.workersUrl().orElseThrow());
  }

  String owner() {
    return server.endpoint().token();
  }

  /** What was answered, as far as it is there at once. */
  record Answer(int status, String body, HttpResponse<InputStream> response) {
    JsonNode json() {
      return JsonMapper.shared().readTree(body);
    }
  }

  Answer get(String token, String path) throws IOException, InterruptedException {
    return send(token, "GET", path, JSON, "");
  }

  Answer post(String token, String path, String body) throws IOException, InterruptedException {
    return send(token, "POST", path, JSON, body);
  }

  Answer send(String token, String method, String path, String type, String body)
      throws IOException, InterruptedException {
    return send(
        token,
        method,
        path,
        type,
        method.equals("GET") ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
  }

  /** A body that does not tell its length. */
  Answer chunked(String token, String path, String type, String body)
      throws IOException, InterruptedException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    return send(
        token,
        "POST",
        path,
        type,
        BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(bytes)));
  }

  /** A stream that does not end is cut off. */
  private Answer send(String token, String method, String path, String type, BodyPublisher body)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(server.endpoint().url() + path))
            .method(method, body)
            .header("Content-Type", type);
    if (!token.isEmpty()) {
      request.header("Authorization", "Bearer " + token);
    }
    HttpResponse<InputStream> response = http.send(request.build(), BodyHandlers.ofInputStream());
    try (InputStream in = response.body()) {
      boolean endless =
          response.headers().firstValue("Content-Type").orElse("").startsWith("text/event-stream");
      String text = endless ? "" : new String(in.readAllBytes(), StandardCharsets.UTF_8);
      return new Answer(response.statusCode(), text, response);
    }
  }

  /** A new token. */
  String token(String name, String scope, String project, String organisation)
      throws IOException, InterruptedException {
    Answer created =
        post(
            owner(),
            "/api/v1/tokens",
            """
            {"name": "%s", "scope": "%s", "project": "%s", "organisation": "%s", "days": 0}\
            """
                .formatted(name, scope, project, organisation));
    if (created.status() != 200) {
      throw new AssertionError(created.body());
    }
    return created.json().get("secret").asString();
  }

  @Override
  public void close() {
    http.shutdownNow();
    server.close();
  }
}
