package dev.capstan.bench;

import dev.capstan.api.Endpoint;
import dev.capstan.postgres.database.DatabaseAddress;
import dev.capstan.postgres.embedded.DataFolder;
import dev.capstan.postgres.embedded.Ownership.Owned;
import dev.capstan.server.CapstanServer;
import dev.capstan.server.Installation;
import dev.capstan.server.Settings;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Reads and commands a second over the API, beside FastAPI that serves the same rows of the same
 * database. Either is loaded alone.
 */
public final class ApiBenchmark {
  private static final int RUNS = 1_000;
  private static final int PROCESSES = 2;
  private static final int LIMIT_SECONDS = 60;
  private static final String PEER = "FastAPI on uvicorn, " + PROCESSES + " processes";

  private final Report report = new Report();
  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final Path scratch;
  private final Path peers;
  private final Wrk wrk;

  private ApiBenchmark(Path scratch, Path peers, int seconds) {
    this.scratch = scratch;
    this.peers = peers;
    this.wrk = new Wrk(seconds);
  }

  /**
   * Runs it.
   *
   * @param arguments how many rounds, seconds for each load, a scratch folder, the folder of the
   *     peers' drivers, the file for the table
   */
  public static void main(String[] arguments) throws Exception {
    Path scratch = Path.of(arguments[2]);
    ApiBenchmark benchmark =
        new ApiBenchmark(scratch, Path.of(arguments[3]), Integer.parseInt(arguments[1]));
    try (Postgres postgres = new Postgres(scratch.resolve("postgres"))) {
      benchmark.measure(postgres.create(), Integer.parseInt(arguments[0]));
    }
    Files.writeString(Path.of(arguments[4]), benchmark.report.table());
  }

  private void measure(DatabaseAddress database, int rounds) throws Exception {
    Settings settings =
        Settings.of(
            Optional.of(scratch.resolve("data")),
            Optional.of(database.jdbcUrl()),
            Map.of("PGUSER", database.user(), "PGPASSWORD", database.password()));
    if (!(DataFolder.tryOwn(settings.data()) instanceof Owned(DataFolder owned))) {
      throw new IllegalArgumentException("the folder is taken: " + settings.data());
    }
    try (CapstanServer server = CapstanServer.start(Installation.start(settings, owned))) {
      fill(server.endpoint());
      execute(database, "create table peer_run (id text primary key, goal text not null)");
      for (int round = 0; round <= rounds; round++) {
        System.err.println(round == 0 ? "warm-up" : "round " + round + " of " + rounds);
        Report into = round == 0 ? new Report() : report;
        capstan(server.endpoint(), "round" + round, into);
        fastApi(database, "round" + round, into);
      }
    }
  }

  private void fill(Endpoint endpoint) throws IOException, InterruptedException {
    for (int i = 0; i < RUNS; i++) {
      HttpResponse<String> answer =
          http.send(
              HttpRequest.newBuilder(URI.create(endpoint.url() + "/api/v1/runs"))
                  .header("Authorization", "Bearer " + endpoint.token())
                  .header("Content-Type", "application/json")
                  .POST(BodyPublishers.ofString(LiveBenchmark.create("filled-" + i)))
                  .build(),
              BodyHandlers.ofString());
      if (answer.statusCode() != 200) {
        throw new IOException(answer.body());
      }
    }
  }

  private void capstan(Endpoint endpoint, String round, Report into)
      throws IOException, InterruptedException {
    String runs = endpoint.url() + "/api/v1/runs";
    List<String> token = List.of("-H", "Authorization: Bearer " + endpoint.token());
    load(into, "Capstan, a page of 50 runs", runs + "?limit=50", token, List.of());
    load(into, "Capstan, a page of 1 run", runs + "?limit=1", token, List.of());
    load(into, "Capstan, one run in full", runs + "/filled-1", token, List.of());
    List<String> create =
        List.of(
            "-H",
            "Authorization: Bearer " + endpoint.token(),
            "-H",
            "Content-Type: application/json",
            "-s",
            peers.resolve("create.lua").toString());
    load(into, "Capstan, creating runs", runs, create, body(round, LiveBenchmark.create("ID")));
  }

  private void fastApi(DatabaseAddress database, String round, Report into)
      throws IOException, InterruptedException {
    int port = freePort();
    Process uvicorn = uvicorn(database, port);
    try {
      String runs = "http://127.0.0.1:" + port + "/runs";
      awaitAnswer(runs, uvicorn);
      load(into, PEER + ", a page of 50 rows", runs + "?limit=50", List.of(), List.of());
      load(into, PEER + ", a page of 1 row", runs + "?limit=1", List.of(), List.of());
      List<String> create =
          List.of(
              "-H", "Content-Type: application/json", "-s", peers.resolve("create.lua").toString());
      String row = "{\"id\": \"ID\", \"goal\": \"Tidy\"}";
      load(into, PEER + ", inserting one row", runs, create, body(round, row));
    } finally {
      uvicorn.descendants().forEach(ProcessHandle::destroy);
      uvicorn.destroy();
      uvicorn.waitFor();
    }
  }

  private Process uvicorn(DatabaseAddress database, int port) throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(
            "/usr/bin/python3",
            "-m",
            "uvicorn",
            "api_fastapi:app",
            "--host=127.0.0.1",
            "--port=" + port,
            "--workers=" + PROCESSES,
            "--no-access-log",
            "--log-level=warning");
    builder.directory(peers.toFile()).inheritIO();
    builder
        .environment()
        .put(
            "BENCH_DATABASE",
            "postgresql://%s:%s@%s/%s"
                .formatted(
                    database.user(), database.password(), database.hosts(), database.database()));
    return builder.start();
  }

  private void awaitAnswer(String url, Process process) throws InterruptedException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(LIMIT_SECONDS);
    while (!answers(url)) {
      if (!process.isAlive() || System.nanoTime() > end) {
        throw new IllegalStateException("FastAPI does not answer");
      }
      LockSupport.parkNanos(50_000_000);
    }
  }

  private boolean answers(String url) throws InterruptedException {
    try {
      HttpRequest request = HttpRequest.newBuilder(URI.create(url)).build();
      return http.send(request, BodyHandlers.discarding()).statusCode() == 200;
    } catch (IOException _) {
      return false;
    }
  }

  /** What follows the URL: the name of the round, and a file with the body. */
  private List<String> body(String round, String text) throws IOException {
    Path file = Files.writeString(scratch.resolve("body.json"), text);
    return List.of("--", round, file.toString());
  }

  private void load(
      Report into, String subject, String url, List<String> options, List<String> more)
      throws InterruptedException {
    try {
      for (Figure figure : wrk.load(subject, url, options, more)) {
        System.err.printf("  %s: %s %.2f%n", figure.subject(), figure.metric(), figure.value());
        into.add(figure);
      }
    } catch (IOException failure) {
      System.err.println(failure.getMessage());
      into.didNotRun(subject, "requests failed");
    }
  }

  private static void execute(DatabaseAddress address, String sql) throws SQLException {
    try (Connection connection =
            DriverManager.getConnection(address.jdbcUrl(), address.user(), address.password());
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket probe = new ServerSocket(0)) {
      return probe.getLocalPort();
    }
  }
}
