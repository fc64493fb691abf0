package dev.capstan.server.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.capstan.api.Endpoint;
import dev.capstan.control.records.RunQueries.Logged;
import dev.capstan.server.Requests;
import dev.capstan.server.StartedServer;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/** What clients of the live log get, over real connections. */
class LiveTest {
  private static final Duration PATIENCE = Duration.ofMinutes(1);
  private static final int ALL = 100_000;
  private static final AtomicInteger NUMBER = new AtomicInteger();
  @TempDir static Path folder;
  private static StartedServer server;
  private static HttpClient http;

  @BeforeAll
  static void start() throws Exception {
    server = new StartedServer(folder);
    http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  }

  @AfterAll
  static void stop() {
    http.shutdownNow();
    server.close();
  }

  @Test
  void two_hundred_clients_get_every_event_once_in_order_beside_one_that_does_not_read()
      throws Exception {
    long begin = server.queries().logEnd();
    List<Client> clients = new ArrayList<>();
    Client asleep = Client.thatDoesNotRead(http, server.endpoint(), "after=" + begin);
    for (int i = 0; i < 200; i++) {
      clients.add(
          i % 4 == 0
              ? Client.overEvents(http, server.endpoint(), "after=" + begin)
              : Client.overWebSocket(http, server.endpoint(), "after=" + begin));
    }
    List<Thread> writers = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      writers.add(Thread.ofVirtual().start(LiveTest::makeRuns));
    }
    for (Thread writer : writers) {
      writer.join();
    }
    List<Long> log = positionsAfter(begin);
    assertThat(log).hasSizeGreaterThan(60);
    for (Client client : clients) {
      await().atMost(PATIENCE).until(client::sequence, seen -> seen.size() >= log.size());
      assertThat(client.sequence()).isEqualTo(log);
      client.close();
    }
    asleep.close();
  }

  @Test
  void a_client_goes_on_after_what_it_saw_last() throws Exception {
    long begin = server.queries().logEnd();
    makeRuns();
    List<Long> log = positionsAfter(begin);
    for (int seen : List.of(0, 1, log.size() / 2, log.size() - 1)) {
      long after = seen == 0 ? begin : log.get(seen - 1);
      try (Client socket = Client.overWebSocket(http, server.endpoint(), "after=" + after);
          Client events = Client.overEvents(http, server.endpoint(), "after=" + after)) {
        List<Long> rest = log.subList(seen, log.size());
        await().atMost(PATIENCE).until(socket::sequence, got -> got.size() >= rest.size());
        await().atMost(PATIENCE).until(events::sequence, got -> got.size() >= rest.size());
        assertThat(socket.sequence()).startsWith(rest.toArray(Long[]::new));
        assertThat(events.sequence()).startsWith(rest.toArray(Long[]::new));
      }
    }
  }

  @Test
  void a_client_gets_what_it_asked_for_only() throws Exception {
    long begin = server.queries().logEnd();
    String run = newRun();
    newRun();
    String query = "after=" + begin + "&run=" + run + "&type=run-created.v1,run-cancelled.v1";
    try (Client client = Client.overWebSocket(http, server.endpoint(), query)) {
      await().atMost(PATIENCE).until(client::messages, got -> got.size() >= 2);
      assertThat(client.messages())
          .extracting(message -> message.get("type").asString())
          .containsExactly("run-created.v1", "run-cancelled.v1");
      var first = client.messages().getFirst();
      assertThat(first.propertyNames())
          .containsExactly("seq", "type", "ts", "projectId", "runId", "payload");
      assertThat(first.get("runId").asString()).isEqualTo(run);
      assertThat(first.get("payload").isObject()).isTrue();
    }
  }

  /** More than the newest messages and what the sockets hold, in one go. */
  @Test
  void a_client_that_does_not_read_is_cut_off_and_can_go_on() throws Exception {
    String run = newRun();
    long begin = server.queries().logEnd();
    try (Client reading = Client.overWebSocket(http, server.endpoint(), "after=" + begin);
        Client asleep = Client.thatDoesNotRead(http, server.endpoint(), "after=" + begin)) {
      String marker = newRun();
      await().atMost(PATIENCE).until(reading::messages, got -> got.size() >= 3);
      for (int i = 0; i < 4; i++) {
        log(run, 5_000, 1_000 * (i + 1));
      }
      List<Long> all = positionsAfter(begin);
      assertThat(marker).isNotEmpty();
      await().atMost(PATIENCE).until(reading::sequence, got -> got.size() >= all.size());
      assertThat(reading.sequence()).isEqualTo(all);

      asleep.readOn();
      int code = asleep.closed().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
      assertThat(code).isEqualTo(4408);
      List<Long> got = asleep.sequence();
      assertThat(got).isNotEmpty().hasSizeLessThan(all.size());
      assertThat(all).startsWith(got.toArray(Long[]::new));
      try (Client again = Client.overWebSocket(http, server.endpoint(), "after=" + got.getLast())) {
        List<Long> rest = all.subList(got.size(), all.size());
        await().atMost(PATIENCE).until(again::sequence, seen -> seen.size() >= rest.size());
        assertThat(again.sequence()).isEqualTo(rest);
      }
    }
  }

  /** In the database alone, as another server does it. */
  private static void revoke(String name) {
    server
        .transactions()
        .inTransaction(connection -> {
          try (Statement statement = connection.createStatement()) {
            return statement.executeUpdate(
                "update token set revoked_at = now() where name = '" + name + "'");
          }
        });
  }

  @Test
  void streams_end_within_seconds_once_their_token_is_revoked_at_another_server() throws Exception {
    String run = newRun();
    String secret =
        JsonMapper.shared()
            .readTree(
                server
                    .post(
                        "/tokens",
                        "{\"name\":\"leaver\",\"scope\":\"reader\",\"project\":\"\",\"organisation\":\"\",\"days\":0}")
                    .body())
            .get("secret")
            .asString();
    Endpoint owner = server.endpoint();
    Endpoint leaver = new Endpoint(owner.url(), secret, owner.pid(), owner.version());
    HttpRequest ofRun =
        HttpRequest.newBuilder(URI.create(owner.url() + "/api/v1/runs/" + run + "/stream"))
            .header("Authorization", "Bearer " + secret)
            .build();
    CompletableFuture<HttpResponse<String>> story =
        http.sendAsync(ofRun, HttpResponse.BodyHandlers.ofString());
    try (Client socket = Client.overWebSocket(http, leaver, "");
        Client events = Client.overEvents(http, leaver, "");
        Client other = Client.overWebSocket(http, owner, "")) {
      newRun();
      await().atMost(PATIENCE).until(socket::messages, got -> !got.isEmpty());
      await().atMost(PATIENCE).until(events::messages, got -> !got.isEmpty());

      revoke("leaver");

      assertThat(socket.closed().get(10, TimeUnit.SECONDS)).isEqualTo(4401);
      assertThat(events.closed().get(10, TimeUnit.SECONDS)).isNotNull();
      assertThat(story.get(10, TimeUnit.SECONDS).body()).contains("run-created.v1");
      newRun();
      await().atMost(PATIENCE).until(other::messages, got -> got.size() > socket.messages().size());
    }
  }

  @Test
  void what_cannot_be_followed_is_refused() throws Exception {
    for (String after : List.of("x", "-1", "1.5", "9".repeat(30))) {
      HttpResponse<String> answer = server.get("/events/stream?after=" + after);
      assertThat(answer.statusCode()).as(answer.body()).isEqualTo(400);
      assertThat(answer.body()).contains("after");
    }
  }

  private static void makeRuns() {
    try {
      for (int i = 0; i < 8; i++) {
        newRun();
      }
    } catch (Exception failure) {
      throw new AssertionError(failure);
    }
  }

  /** A run that was created, started and cancelled. */
  private static String newRun() throws Exception {
    String id = "run-" + NUMBER.incrementAndGet();
    Requests.created(server, Requests.run(id, "/src/shop", "Tidy"));
    for (String action : List.of("start", "cancel")) {
      HttpResponse<String> answer =
          server.post("/runs/" + id + '/' + action, "{\"step\":\"\",\"comment\":\"\"}");
      assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    }
    return id;
  }

  private static List<Long> positionsAfter(long begin) {
    return server.queries().log(begin, ALL).events().stream().map(Logged::position).toList();
  }

  /** Writes events as a writer does: it says first which position it stays above. */
  private static void log(String run, int count, int firstVersion) {
    server
        .transactions()
        .inTransaction(connection -> {
          try (Statement statement = connection.createStatement()) {
            statement.execute(
                "select pg_advisory_xact_lock_shared((x'4361'::bigint << 48) + last_value) from event_position_seq");
            return statement.executeUpdate(
                """
                insert into event (run_id, version, type, data, at, actor, correlation, causation)
                select '%s', n, 'load', json_build_object('text', repeat('x', 2000)), now(), '', '', ''
                from generate_series(%d, %d) n
                """
                    .formatted(run, firstVersion * 10, firstVersion * 10 + count - 1));
          }
        });
  }
}
