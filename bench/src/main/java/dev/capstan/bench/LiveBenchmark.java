package dev.capstan.bench;

import dev.capstan.api.Endpoint;
import dev.capstan.postgres.embedded.DataFolder;
import dev.capstan.postgres.embedded.Ownership.Owned;
import dev.capstan.server.CapstanServer;
import dev.capstan.server.Installation;
import dev.capstan.server.Settings;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.locks.LockSupport;

/**
 * How long an event takes from its decision, over its commit, to clients over WebSocket. The
 * clients are in the same process, so what they cost is measured with it.
 */
final class LiveBenchmark {
  private static final int EVENTS_OF_A_RUN = 3;
  private static final int WARM_UP_RUNS = 10;
  private static final String NOTHING = "{\"step\": \"\", \"comment\": \"\"}";

  private final Endpoint endpoint;
  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final Samples samples = new Samples();
  private final int clients;
  private final Duration pause;

  private LiveBenchmark(Endpoint endpoint, int clients, Duration pause) {
    this.endpoint = endpoint;
    this.clients = clients;
    this.pause = pause;
  }

  /** Arguments: a new folder, how many clients, how many runs, and milliseconds between commits. */
  public static void main(String[] arguments) throws Exception {
    Path folder = Path.of(arguments[0]);
    Settings settings = Settings.of(Optional.of(folder), Optional.empty(), Map.of());
    if (!(DataFolder.tryOwn(settings.data()) instanceof Owned(DataFolder owned))) {
      throw new IllegalArgumentException("the folder is taken: " + folder);
    }
    try (CapstanServer server = CapstanServer.start(Installation.start(settings, owned))) {
      new LiveBenchmark(
              server.endpoint(),
              Integer.parseInt(arguments[1]),
              Duration.ofMillis(Long.parseLong(arguments[3])))
          .measure(Integer.parseInt(arguments[2]));
    }
  }

  private void measure(int runs) throws IOException, InterruptedException {
    List<WebSocket> sockets = new ArrayList<>();
    for (int i = 0; i < clients; i++) {
      sockets.add(connect());
    }
    commit("warm", WARM_UP_RUNS);
    samples.clear();
    commit("run", runs);
    System.out.printf(
        Locale.ROOT,
        "| %,d | %,d | %d ms | %,d | %.1f | %.1f | %.1f |%n",
        clients,
        runs * EVENTS_OF_A_RUN,
        pause.toMillis(),
        samples.count(),
        samples.quantile(0.5),
        samples.quantile(0.95),
        samples.quantile(0.99));
    sockets.forEach(WebSocket::abort);
    http.shutdownNow();
  }

  private WebSocket connect() {
    return http.newWebSocketBuilder()
        .header("Authorization", "Bearer " + endpoint.token())
        .buildAsync(
            URI.create(endpoint.url().replaceFirst("http", "ws") + "/ws/events?after=0"),
            new Receiver())
        .join();
  }

  /** Commits the events of some runs, and waits until every client has each of them. */
  private void commit(String name, int runs) throws IOException, InterruptedException {
    int expected = samples.count() + runs * EVENTS_OF_A_RUN * clients;
    for (int i = 0; i < runs; i++) {
      String run = name + '-' + i;
      post("/runs", create(run));
      post("/runs/" + run + "/start", NOTHING);
      post("/runs/" + run + "/cancel", NOTHING);
    }
    while (samples.count() < expected) {
      LockSupport.parkNanos(1_000_000);
    }
  }

  private void post(String path, String body) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(endpoint.url() + "/api/v1" + path))
            .header("Authorization", "Bearer " + endpoint.token())
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(body))
            .build();
    HttpResponse<String> answer = http.send(request, BodyHandlers.ofString());
    if (answer.statusCode() != 200) {
      throw new IllegalStateException(answer.body());
    }
    LockSupport.parkNanos(pause.toNanos());
  }

  private final class Receiver implements WebSocket.Listener {
    private static final String DECIDED = "\"ts\":\"";

    private final StringBuilder part = new StringBuilder();

    @Override
    public void onOpen(WebSocket socket) {
      socket.request(Long.MAX_VALUE);
    }

    @Override
    public CompletionStage<?> onText(WebSocket socket, CharSequence text, boolean last) {
      part.append(text);
      if (last) {
        Instant now = Instant.now();
        int begin = part.indexOf(DECIDED) + DECIDED.length();
        Instant decided = Instant.parse(part.substring(begin, part.indexOf("\"", begin)));
        samples.add(Duration.between(decided, now).toNanos());
        part.setLength(0);
      }
      return CompletableFuture.completedFuture(null);
    }
  }

  static String create(String run) {
    return """
    {"id": "%s", "source": "/src/shop", "project": "", "goal": "Tidy", "base": "", "plan": {"steps": [
     {"id": "one", "kind": "refactor", "title": "One", "reason": "", "engines": [{"engine": "command", "arguments": ["true"]}],
      "after": [], "needed": 0, "scope": [], "judge": [], "files": {}, "environment": [], "timeLimitSeconds": 0,
      "waitLimitSeconds": 0, "priority": 0, "attempts": 0, "minimumTests": 1, "mayChangeNothing": false,
      "approval": false, "stop": false}]},
     "approvePlan": false, "parallelSteps": 0, "start": false}\
    """
        .formatted(run);
  }
}
