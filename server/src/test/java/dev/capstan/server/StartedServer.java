package dev.capstan.server;

import dev.capstan.api.Endpoint;
import dev.capstan.control.records.RunQueries;
import dev.capstan.postgres.database.Transactions;
import dev.capstan.postgres.embedded.DataFolder;
import dev.capstan.postgres.embedded.Ownership.Owned;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** The real server on a folder of its own, and requests to it as strangers send them. */
public final class StartedServer implements AutoCloseable {
  private final CapstanServer server;
  private final Installation installation;
  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  public StartedServer(Path folder) throws IOException {
    this(folder, Map.of());
  }

  /** {@code environment} are its settings as variables. */
  public StartedServer(Path folder, Map<String, String> environment) throws IOException {
    Settings settings =
        Settings.of(Optional.of(folder.toRealPath()), Optional.empty(), environment);
    if (!(DataFolder.tryOwn(settings.data()) instanceof Owned(DataFolder owned))) {
      throw new AssertionError("the folder is taken: " + folder);
    }
    installation = Installation.start(settings, owned);
    server = CapstanServer.start(installation);
  }

  public RunQueries queries() {
    return installation.wholeLog();
  }

  public Transactions transactions() {
    return installation.transactions();
  }

  public Installation installation() {
    return installation;
  }

  public Endpoint endpoint() {
    return server.endpoint();
  }

  /** Listens to workers on a free port of loopback; returns where. */
  public URI listenToWorkers() {
    server.listenToWorkers(
        new WorkersDoor(
            Listening.parse("127.0.0.1:0", Optional.empty()).orElseThrow(), Optional.empty()));
    return URI.create(server.workersUrl().orElseThrow());
  }

  public HttpResponse<String> get(String path) throws Exception {
    return send(request(path).GET());
  }

  public HttpResponse<String> post(String path, String json, String... headers) throws Exception {
    HttpRequest.Builder request =
        request(path)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(json));
    return send(headers.length == 0 ? request : request.headers(headers));
  }

  public HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
    return http.send(request.build(), BodyHandlers.ofString());
  }

  /** A request with the token, to be completed. */
  public HttpRequest.Builder request(String path) {
    return requestTo("/api/v1" + path);
  }

  /** The same for what stands beside the API. */
  HttpRequest.Builder requestTo(String path) {
    return HttpRequest.newBuilder(URI.create(endpoint().url() + path))
        .header("Authorization", "Bearer " + endpoint().token());
  }

  @Override
  public void close() {
    http.shutdownNow();
    server.close();
  }
}
