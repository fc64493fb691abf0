package dev.capstan.server.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpServer;
import dev.capstan.api.AuditHash;
import dev.capstan.api.AuditView;
import dev.capstan.postgres.records.PostgresAuditLog;
import dev.capstan.server.StartedServer;
import dev.capstan.server.Tenants;
import dev.capstan.server.s3.Bucket;
import dev.capstan.server.s3.BucketSettings;
import dev.capstan.server.s3.BucketSettings.Encryption;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.ServerSideEncryption;
import tools.jackson.databind.json.JsonMapper;

/** The audit in a bucket of a server that speaks S3. */
@Tag("slow")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AuditExportTest {
  private static final Map<String, String> CREDENTIALS =
      Map.of("AWS_ACCESS_KEY_ID", "the-key", "AWS_SECRET_ACCESS_KEY", "the-very-secret");
  private static final Instant NOW = Instant.parse("2026-12-01T08:00:00Z");

  @TempDir static Path folder;
  private StorageServer storage;
  private StartedServer server;
  private Tenants tenants;
  private int tokens;

  @BeforeAll
  void start() throws Exception {
    storage = StorageServer.start(folder.resolve("storage"));
    storage
        .client()
        .createBucket(bucket -> bucket.bucket("audit").objectLockEnabledForBucket(true));
    server =
        new StartedServer(
            Files.createDirectory(folder.resolve("data")),
            Map.of(
                "CAPSTAN_AUDIT_EXPORT_TO",
                "s3://audit/by/duty",
                "CAPSTAN_AUDIT_EXPORT_ENDPOINT",
                storage.endpoint().toString(),
                "AWS_ACCESS_KEY_ID",
                "the-key",
                "AWS_SECRET_ACCESS_KEY",
                "the-very-secret"));
    tenants = new Tenants(server);
    tenants.organisation("ours");
  }

  @AfterAll
  void stop() {
    server.close();
    storage.close();
  }

  /** So many more entries. */
  private void act(int times) {
    for (int i = 0; i < times; i++) {
      tenants.named("ours").newToken("holder-" + tokens++, "reader", "", "");
    }
  }

  private Bucket bucket(String prefix, URI endpoint, int retentionDays) {
    return new Bucket(
        BucketSettings.of(
            "s3://audit/" + prefix,
            Optional.of(endpoint),
            "us-east-1",
            new Encryption.OfStorage(),
            retentionDays),
        CREDENTIALS,
        InstantSource.fixed(NOW));
  }

  private AuditExport export(Bucket bucket, int most) {
    return new AuditExport(new PostgresAuditLog(server.transactions()), bucket, most);
  }

  private GetObjectResponse look(String key) {
    return storage.client().getObject(object -> object.bucket("audit").key(key)).response();
  }

  private List<AuditView> entries(String key) {
    return storage
        .client()
        .getObjectAsBytes(object -> object.bucket("audit").key(key))
        .asUtf8String()
        .lines()
        .map(line -> JsonMapper.shared().readValue(line, AuditView.class))
        .toList();
  }

  private static void follow(List<AuditView> entries) {
    String prior = "";
    for (AuditView entry : entries) {
      assertThat(AuditHash.of(prior, entry)).isEqualTo(entry.hash());
      prior = entry.hash();
    }
  }

  @Test
  void chunks_hold_all_entries_in_order_and_the_next_time_goes_on_after_them() {
    act(12);
    try (Bucket bucket = bucket("chunks", storage.endpoint(), 90)) {
      AuditExport export = export(bucket, 5);
      assertThat(export.copy()).startsWith("copied entries 1 to ");
      assertThat(export.copy()).isEqualTo("nothing new");
      int before = bucket.names().size();
      act(2);
      assertThat(export.copy()).startsWith("copied entries ").doesNotContain("entries 1 to");

      List<String> names = bucket.names();
      assertThat(names).hasSize(before + 1).isSorted();
      assertThat(names.getFirst()).matches("audit-000000000001-000000000005-[0-9a-f]{64}\\.jsonl");
      List<AuditView> all =
          names.stream().flatMap(name -> entries("chunks/" + name).stream()).toList();
      follow(all);
      assertThat(names.getLast()).contains(all.getLast().hash());
      GetObjectResponse one = look("chunks/" + names.getFirst());
      assertThat(one.serverSideEncryption()).isEqualTo(ServerSideEncryption.AES256);
      assertThat(one.contentType()).isEqualTo("application/x-ndjson");
    }
  }

  /** The server of the other tests takes no lock with an object. */
  @Test
  void each_chunk_is_sent_with_the_lock_that_it_is_to_have() throws Exception {
    List<Headers> sent = new CopyOnWriteArrayList<>();
    HttpServer taking =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    taking.createContext(
        "/",
        exchange -> {
          exchange.getRequestBody().readAllBytes();
          sent.add(exchange.getRequestHeaders());
          exchange.sendResponseHeaders(200, -1);
          exchange.close();
        });
    taking.start();
    URI endpoint = URI.create("http://127.0.0.1:" + taking.getAddress().getPort());
    try (Bucket locked = bucket("locked", endpoint, 90);
        Bucket open = bucket("open", endpoint, 0)) {
      locked.put("chunk", new byte[] {1}, "application/x-ndjson");
      open.put("chunk", new byte[] {1}, "application/x-ndjson");
    } finally {
      taking.stop(0);
    }

    assertThat(sent).hasSize(2);
    assertThat(sent.getFirst().getFirst("x-amz-object-lock-mode")).isEqualTo("COMPLIANCE");
    assertThat(Instant.parse(sent.getFirst().getFirst("x-amz-object-lock-retain-until-date")))
        .isEqualTo(NOW.plus(Duration.ofDays(90)));
    assertThat(sent.getLast()).doesNotContainKey("X-amz-object-lock-mode");
  }

  @Test
  void an_audit_that_was_written_anew_is_found_out_and_not_copied(@TempDir Path other)
      throws Exception {
    try (StartedServer own = new StartedServer(other);
        Bucket bucket = bucket("anew", storage.endpoint(), 0)) {
      Tenants some = new Tenants(own);
      some.organisation("one");
      AuditExport export = new AuditExport(new PostgresAuditLog(own.transactions()), bucket);
      export.copy();
      int before = bucket.names().size();
      some.organisation("two");
      own.transactions()
          .inTransaction(connection -> {
            try (Statement statement = connection.createStatement()) {
              statement.execute("alter table audit disable trigger user");
              statement.execute("update audit set reason = 'nothing happened'");
              statement.execute(
                  """
                  do $$ declare one audit; prior text := '';
                  begin
                    for one in select * from audit order by position loop
                      prior := audit_hash(prior, one);
                      update audit set hash = prior where position = one.position;
                    end loop;
                  end $$
                  """);
              return statement.execute("alter table audit enable trigger user");
            }
          });

      assertThat(own.get("/audit/check").body()).as("the chain alone").contains("\"whole\":true");
      assertThatThrownBy(export::copy)
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("which was exported: it was changed");
      assertThat(bucket.names()).hasSize(before);
    }
  }

  @Test
  void a_duty_of_the_server_copies_by_itself() {
    act(1);
    server.installation().startWorking();
    try (Bucket bucket = bucket("by/duty", storage.endpoint(), 0)) {
      await().atMost(Duration.ofMinutes(1)).until(() -> bringForward() == 1);

      await().atMost(Duration.ofMinutes(1)).until(() -> !bucket.names().isEmpty());
      await()
          .atMost(Duration.ofMinutes(1))
          .untilAsserted(() ->
              assertThat(server.get("/duties").body())
                  .contains("audit-export", "copied entries 1 to ")
                  .doesNotContain("the-very-secret"));
    }
  }

  /** As if its time had come; says whether the duty is there. */
  private int bringForward() {
    return server
        .transactions()
        .inTransaction(connection -> {
          try (Statement statement = connection.createStatement()) {
            return statement.executeUpdate(
                "update scheduled_duty set execution_time = now() where task_name = 'audit-export' and not picked");
          }
        });
  }

  @Test
  void what_cannot_be_reached_or_is_not_there_is_told_without_the_secret() {
    try (Bucket nowhere = bucket("x", URI.create("http://127.0.0.1:1"), 0)) {
      assertThatThrownBy(() -> export(nowhere, 5).copy())
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("s3://audit/x/ could not be read")
          .hasMessageNotContaining("the-very-secret");
    }
    try (Bucket missing =
        new Bucket(
            BucketSettings.of(
                "s3://missing",
                Optional.of(storage.endpoint()),
                "us-east-1",
                new Encryption.OfBucket(),
                0),
            CREDENTIALS,
            InstantSource.fixed(NOW))) {
      assertThatThrownBy(() -> export(missing, 5).copy())
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("s3://missing/ could not be read")
          .hasMessageContaining("bucket does not exist");
    }
  }
}
