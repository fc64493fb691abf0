package dev.capstan.server;

import static java.net.http.HttpRequest.BodyPublishers.noBody;
import static org.assertj.core.api.Assertions.assertThat;

import dev.capstan.api.AuditHash;
import dev.capstan.api.AuditView;
import java.nio.file.Path;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The audit leaves the server whole, and shows what was taken from it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AuditTest {
  @TempDir static Path folder;
  private StartedServer server;
  private Tenants tenants;

  @BeforeAll
  void start() throws Exception {
    server = new StartedServer(folder);
    tenants = new Tenants(server);
    tenants.organisation("ours");
  }

  @AfterAll
  void stop() {
    server.close();
  }

  private String get(String path) throws Exception {
    return server.get(path).body();
  }

  @Test
  void entries_that_come_together_are_all_kept_and_follow_each_other() throws Exception {
    List<Callable<String>> requests = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      String name = "holder-" + i;
      requests.add(() -> tenants.named("ours").newToken(name, "reader", "", ""));
    }
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      assertThat(threads.invokeAll(requests))
          .hasSize(60)
          .allMatch(one -> !one.resultNow().isEmpty());
    }

    JsonNode check = JsonMapper.shared().readTree(get("/audit/check"));
    assertThat(check.get("whole").asBoolean()).isTrue();
    assertThat(check.get("position").asLong()).isGreaterThan(60);
    List<String> lines = get("/audit/export").lines().toList();
    assertThat(lines).hasSize((int) check.get("position").asLong());
    JsonNode last = JsonMapper.shared().readTree(lines.getLast());
    assertThat(last.get("hash").asString()).isEqualTo(check.get("hash").asString());
    assertThat(get("/audit/export?format=csv").lines()).hasSize(lines.size() + 1);
    assertThat(get("/audit/export?since=2100-01-01T00:00:00Z")).isEmpty();
    assertThat(server.get("/audit/export?since=yesterday").statusCode()).isEqualTo(400);
    assertThat(server.get("/audit/export?format=xml").statusCode()).isEqualTo(400);
  }

  @Test
  void whoever_has_an_export_can_compute_its_hashes_without_the_server() throws Exception {
    tenants.named("ours").newToken("hash-me", "reader", "", "");
    server.send(server.request("/projects/%22%5C%C3%A9%F0%9F%A6%80'%20%3C").GET());
    server.send(
        server.request("/projects/%22%5C%C3%A9%F0%9F%A6%80'%20%3C").method("PUT", noBody()));
    String prior = "";
    for (String line : get("/audit/export").lines().toList()) {
      AuditView entry = JsonMapper.shared().readValue(line, AuditView.class);
      assertThat(AuditHash.of(prior, entry)).as(line).isEqualTo(entry.hash());
      prior = entry.hash();
    }
    assertThat(prior).isNotEmpty();
  }

  @Test
  void an_organisation_exports_what_is_its_own() throws Exception {
    tenants.named("ours").newToken("somebody", "reader", "", "");
    var answer =
        server.send(
            server
                .request("/audit/export")
                .setHeader("Authorization", "Bearer " + tenants.named("ours").token())
                .GET());

    assertThat(answer.body().lines())
        .isNotEmpty()
        .allMatch(line -> line.contains("\"organisation\":\"ours\""));
  }

  @Test
  void what_was_changed_or_removed_behind_the_servers_back_shows(@TempDir Path other)
      throws Exception {
    try (StartedServer own = new StartedServer(other)) {
      Tenants some = new Tenants(own);
      some.organisation("one");
      some.organisation("two");
      for (String harm :
          List.of(
              "update audit set who = 'somebody' where position = 2",
              "update audit set who = 'user', reason = 'x' where position = 2",
              "delete from audit where position = 1")) {
        assertThat(check(own).get("whole").asBoolean()).isEqualTo(harm.contains("somebody"));
        execute(own, harm);
        JsonNode check = check(own);
        assertThat(check.get("whole").asBoolean()).as(harm).isFalse();
        assertThat(check.get("broken").asLong()).as(harm).isEqualTo(2);
      }
    }
  }

  private static JsonNode check(StartedServer server) throws Exception {
    return JsonMapper.shared().readTree(server.get("/audit/check").body());
  }

  private static void execute(StartedServer server, String sql) {
    server
        .transactions()
        .inTransaction(connection -> {
          try (Statement statement = connection.createStatement()) {
            statement.execute("alter table audit disable trigger audit_stays");
            int changed = statement.executeUpdate(sql);
            statement.execute("alter table audit enable trigger audit_stays");
            return changed;
          }
        });
  }

  @Test
  void failed_sign_ins_of_one_address_are_slowed_and_fill_no_audit() throws Exception {
    int limited = 0;
    for (int i = 0; i < 120; i++) {
      var answer =
          server.send(
              server.request("/runs").setHeader("Authorization", "Bearer cap_guess" + i).GET());
      assertThat(answer.statusCode()).isIn(401, 429);
      limited += answer.statusCode() == 429 ? 1 : 0;
    }

    assertThat(limited).isGreaterThan(30);
    assertThat(server.get("/runs").statusCode()).as("a good token is let in").isEqualTo(200);
    assertThat(get("/audit/export").lines().filter(line -> line.contains("nobody")).count())
        .isLessThan(110 - 30);
    assertThat(get("/audit/export")).doesNotContain("cap_guess");
  }
}
