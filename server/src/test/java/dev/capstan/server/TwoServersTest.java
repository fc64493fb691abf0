package dev.capstan.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.capstan.api.Endpoint;
import dev.capstan.api.orchestration.OrchestrationGrpc;
import dev.capstan.api.orchestration.WatchRequest;
import dev.capstan.control.access.Access;
import dev.capstan.control.access.Scope;
import dev.capstan.core.Actor;
import dev.capstan.postgres.database.DatabaseAddress;
import dev.capstan.postgres.embedded.DataFolder;
import dev.capstan.postgres.embedded.EmbeddedPostgres;
import dev.capstan.postgres.embedded.Ownership.Owned;
import dev.capstan.server.auth.Caller;
import dev.capstan.server.auth.LiveTokens;
import dev.capstan.server.live.Client;
import dev.capstan.testkit.oidc.OidcProvider;
import dev.capstan.worker.protocol.BearerToken;
import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What is said of tokens and grants at one server holds at the other, and ends its streams. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TwoServersTest {
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  @TempDir static Path folder;
  private DataFolder database;
  private EmbeddedPostgres postgres;
  private OidcProvider provider;
  private StartedServer here;
  private StartedServer there;
  private URI workersThere;
  private HttpClient http;

  @BeforeAll
  void start() throws Exception {
    if (!(DataFolder.tryOwn(folder.resolve("database")) instanceof Owned(DataFolder owned))) {
      throw new AssertionError("the folder is taken");
    }
    database = owned;
    postgres = EmbeddedPostgres.start(database, database.path());
    provider = new OidcProvider();
    here = server("here");
    there = server("there");
    workersThere = there.listenToWorkers();
    http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    Requests.created(here, Requests.run("run-1", "https://forge.invalid/x.git", "Tidy"));
  }

  private StartedServer server(String name) throws Exception {
    DatabaseAddress at = postgres.address();
    String url =
        "postgresql://%s:%s@%s/%s"
            .formatted(encoded(at.user()), encoded(at.password()), at.hosts(), at.database());
    return new StartedServer(
        Files.createDirectory(folder.resolve(name)),
        Map.of(
            "CAPSTAN_DATABASE_URL",
            at.options().isEmpty() ? url : url + '?' + at.options(),
            "CAPSTAN_SHARED",
            Files.createDirectories(folder.resolve("shared")).toString(),
            "CAPSTAN_WORKERS_BUILT_IN",
            "false",
            "CAPSTAN_OIDC_ISSUER",
            provider.issuer()));
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  @AfterAll
  void stop() throws Exception {
    http.shutdownNow();
    there.close();
    here.close();
    provider.close();
    postgres.close();
    database.close();
  }

  // ---- what one server is asked

  private static JsonNode json(HttpResponse<String> answer) {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return JsonMapper.shared().readTree(answer.body());
  }

  /** A new token and its secret, as the server answered. */
  private JsonNode token(String name, String scope) throws Exception {
    return json(
        here.post(
            "/tokens",
            """
            {"name": "%s", "scope": "%s", "project": "", "organisation": "", "days": 0}\
            """
                .formatted(name, scope)));
  }

  private static String id(JsonNode token) {
    return token.get("token").get("id").asString();
  }

  private static String secret(JsonNode token) {
    return token.get("secret").asString();
  }

  private String rotate(StartedServer at, JsonNode token, int graceMinutes) throws Exception {
    return secret(
        json(
            at.post(
                "/tokens/" + id(token) + "/rotate", "{\"graceMinutes\":" + graceMinutes + '}')));
  }

  private static void remove(StartedServer at, String path) throws Exception {
    well(at.send(at.request(path).method("DELETE", BodyPublishers.noBody())));
  }

  private static void well(HttpResponse<String> answer) {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
  }

  private String grant(StartedServer at, String holder, String scope) throws Exception {
    return json(at.post(
            "/grants",
            """
            {"kind": "person", "holder": "%s", "scope": "%s", "project": "", "organisation": ""}\
            """
                .formatted(holder, scope)))
        .get("id")
        .asString();
  }

  private static int asks(StartedServer at, String secret) throws Exception {
    return at.send(at.request("/runs").setHeader("Authorization", "Bearer " + secret).GET())
        .statusCode();
  }

  private String person(String name) {
    return provider.key().sign(provider.claims(name, List.of()));
  }

  // ---- requests

  @Test
  void a_token_is_good_and_refused_at_both_from_the_next_request_on() throws Exception {
    JsonNode made = token("robot", "reader");
    assertThat(asks(there, secret(made))).isEqualTo(200);

    String second = rotate(there, made, 60);
    assertThat(asks(here, second)).isEqualTo(200);
    assertThat(asks(here, secret(made))).as("it is good for a while").isEqualTo(200);
    String third = rotate(here, made, 0);
    assertThat(asks(there, third)).isEqualTo(200);
    assertThat(asks(there, second)).isEqualTo(401);
    assertThat(asks(there, secret(made))).isEqualTo(401);

    remove(here, "/tokens/" + id(made));
    assertThat(asks(there, third)).isEqualTo(401);
    assertThat(asks(here, third)).isEqualTo(401);
  }

  @Test
  void a_grant_holds_at_both_until_it_is_removed_at_one() throws Exception {
    String ada = person("ada");
    assertThat(asks(there, ada)).isEqualTo(401);
    String grant = grant(here, "ada", "reader");
    assertThat(asks(there, ada)).isEqualTo(200);

    remove(there, "/grants/" + grant);

    assertThat(asks(here, ada)).isEqualTo(401);
    assertThat(asks(there, ada)).isEqualTo(401);
  }

  @Test
  void the_token_of_a_data_folder_is_good_at_its_own_server_alone() throws Exception {
    assertThat(asks(here, there.endpoint().token())).isEqualTo(401);
  }

  // ---- streams at the other server

  /** Everything that can be followed, begun with one secret. */
  private final class Streams implements AutoCloseable {
    private final Client socket;
    private final Client events;
    private final CompletableFuture<HttpResponse<String>> ofRun;
    private final ManagedChannel channel;
    private final CompletableFuture<Status.Code> watched = new CompletableFuture<>();

    Streams(String secret) throws Exception {
      Endpoint endpoint = new Endpoint(there.endpoint().url(), secret, 0, "");
      socket = Client.overWebSocket(http, endpoint, "after=0");
      events = Client.overEvents(http, endpoint, "after=0");
      ofRun =
          http.sendAsync(
              there
                  .request("/runs/run-1/stream")
                  .setHeader("Authorization", "Bearer " + secret)
                  .build(),
              HttpResponse.BodyHandlers.ofString());
      channel =
          ManagedChannelBuilder.forAddress(workersThere.getHost(), workersThere.getPort())
              .usePlaintext()
              .build();
      var watch =
          OrchestrationGrpc.newBlockingStub(channel)
              .withCallCredentials(new BearerToken(secret))
              .watchEvents(WatchRequest.newBuilder().setId("run-1").build());
      assertThat(watch.next().getType()).isEqualTo("run-created.v1");
      Thread.ofVirtual()
          .start(() -> {
            try {
              watch.forEachRemaining(_ -> {});
              watched.complete(Status.Code.OK);
            } catch (StatusRuntimeException end) {
              watched.complete(end.getStatus().getCode());
            }
          });
      await().atMost(PATIENCE).until(() -> !socket.messages().isEmpty());
      await().atMost(PATIENCE).until(() -> !events.messages().isEmpty());
    }

    void haveEnded() throws Exception {
      assertThat(socket.closed().get(10, TimeUnit.SECONDS)).isEqualTo(4401);
      assertThat(events.closed().get(10, TimeUnit.SECONDS)).isZero();
      assertThat(ofRun.get(10, TimeUnit.SECONDS).body()).contains("run-created.v1");
      assertThat(watched.get(10, TimeUnit.SECONDS)).isEqualTo(Status.Code.UNAUTHENTICATED);
    }

    boolean goOn() {
      return !socket.closed().isDone()
          && !events.closed().isDone()
          && !ofRun.isDone()
          && !watched.isDone();
    }

    @Override
    public void close() throws IOException {
      channel.shutdownNow();
      ofRun.cancel(true);
      socket.close();
      events.close();
    }
  }

  @Test
  void streams_end_when_the_secret_they_began_with_is_no_more_and_others_go_on() throws Exception {
    JsonNode rotated = token("rotated", "reader");
    JsonNode revoked = token("revoked", "reader");
    JsonNode kept = token("kept", "reader");
    try (Streams of = new Streams(secret(rotated));
        Streams ofRevoked = new Streams(secret(revoked));
        Streams ofKept = new Streams(secret(kept))) {
      String newer = rotate(here, rotated, 0);
      try (Streams ofNewer = new Streams(newer)) {
        remove(here, "/tokens/" + id(revoked));
        rotate(here, kept, 60);

        of.haveEnded();
        ofRevoked.haveEnded();
        assertThat(ofNewer.goOn()).isTrue();
        assertThat(ofKept.goOn()).as("its secret is good for a while").isTrue();
      }
    }
  }

  @Test
  void streams_end_when_the_role_of_a_token_changes() throws Exception {
    JsonNode token = token("changed", "maintainer");
    try (Streams of = new Streams(secret(token))) {
      here.transactions()
          .inTransaction(connection -> {
            try (Statement statement = connection.createStatement()) {
              return statement.executeUpdate(
                  "update token set scope = 'reader' where id = '" + id(token) + "'");
            }
          });

      of.haveEnded();
      assertThat(asks(there, secret(token))).as("in its new role").isEqualTo(200);
    }
  }

  @Test
  void streams_of_a_person_end_when_their_grant_is_removed() throws Exception {
    String grant = grant(here, "grace", "operator");
    grant(here, "alan", "reader");
    try (Streams removed = new Streams(person("grace"));
        Streams stays = new Streams(person("alan"))) {
      remove(here, "/grants/" + grant);

      removed.haveEnded();
      assertThat(stays.goOn()).isTrue();
    }
  }

  @Test
  void what_a_person_has_begun_ends_with_their_token() {
    Instant begun = Instant.now();
    AtomicReference<Instant> now = new AtomicReference<>(begun);
    CountDownLatch ended = new CountDownLatch(1);
    Caller person =
        new Caller(
            new Actor("alan"),
            "oidc:alan",
            Scope.READER,
            new Access.Everything(),
            new Caller.Basis.Configured(begun.plusSeconds(60)));
    Installation installation = there.installation();
    try (LiveTokens live = new LiveTokens(installation.tokens(), installation.grants(), now::get)) {
      LiveTokens.Watch watch = live.watch(person, ended::countDown);
      assertThat(watch.hasEnded()).isFalse();

      now.set(begun.plusSeconds(60));

      await().atMost(PATIENCE).until(() -> ended.getCount() == 0);
      assertThat(watch.hasEnded()).isTrue();
    }
  }

  @Test
  void sessions_of_workers_end_when_their_token_is_rotated() throws Exception {
    JsonNode token = token("worker", "worker");
    try (WireWorker worker =
        WireWorker.connect(workersThere, secret(token), "worker", Set.of()).welcomed()) {
      String newer = rotate(here, token, 0);

      assertThat(worker.ended().getCode()).isEqualTo(Status.Code.UNAUTHENTICATED);
      try (WireWorker again = WireWorker.connect(workersThere, newer, "worker", Set.of())) {
        assertThat(again.isLetIn()).isTrue();
      }
    }
  }
}
