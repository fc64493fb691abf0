package dev.capstan.cli.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.capstan.cli.session.Json;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server in one process, and people's commands in others. */
class RemoteCommandsTest {
  @TempDir Path folder;

  @Test
  void people_work_with_a_server_as_with_a_folder_and_their_names_stand_in_the_history()
      throws Exception {
    Certificates certificates = Certificates.in(folder);
    Path config =
        Files.writeString(
            folder.resolve("capstan.yaml"),
            "listen: 0.0.0.0:0\ntls: {certificate: %s, key: %s}\n"
                .formatted(certificates.certificate(), certificates.key()));
    String admin;
    try (ServerProcess server =
        ServerProcess.start(folder, Map.of(), "--config", config.toString())) {
      admin = server.said("token of the first admin[^:]*: (cap_[\\w-]{43})\\s");
      String url = server.url().replace("0.0.0.0", "localhost");
      People people = new People(folder, url, certificates.certificate());

      String operator = people.says(admin, "token", "create", "ci", "--scope", "operator").strip();
      assertThat(operator).matches("cap_[\\w-]{43}");
      Path repository = Repository.shop(Files.createDirectory(folder.resolve("shop"))).path();
      String ran =
          people.says(
              operator,
              "run",
              "--repo",
              repository.toString(),
              "--goal",
              "Greet",
              "--",
              "sh",
              "-c",
              "echo hello >> src/greeting.txt");
      assertThat(ran).contains("completed").doesNotContain("cap_");

      String runs = people.says(operator, "status", "--json");
      String run = Json.MAPPER.readTree(runs).get(0).get("id").asString();
      assertThat(people.says(operator, "logs", run, "--events", "--json"))
          .containsPattern("\"actor\"\\s*:\\s*\"ci\"");

      ServerProcess refused = people.command(operator, "approve", run);
      assertThat(refused.exit()).isEqualTo(5);
      assertThat(refused.output()).contains("scope maintainer", "ci has scope operator");
      ServerProcess nobody = people.command("cap_wrong", "status");
      assertThat(nobody.exit()).isEqualTo(5);
      assertThat(people.says(admin, "audit"))
          .contains("ci", "POST /api/v1/runs", "refused", "nobody");

      people.says(admin, "token", "revoke", "ci");
      assertThat(people.command(operator, "status").exit()).isEqualTo(5);
      assertThat(people.says(admin, "token", "list")).contains("revoked", "admin");
    }
    try (ServerProcess again =
        ServerProcess.start(folder, Map.of(), "--config", config.toString())) {
      String url = again.url().replace("0.0.0.0", "localhost");
      assertThat(again.output()).doesNotContain("cap_");
      assertThat(new People(folder, url, certificates.certificate()).says(admin, "status"))
          .contains("completed");
    }
  }

  @Test
  void an_admin_grants_and_takes_back_and_gives_a_token_another_secret() throws Exception {
    try (ServerProcess server = ServerProcess.start(folder, Map.of(), "--listen", "127.0.0.1:0")) {
      String admin = server.said("token of the first admin[^:]*: (cap_[\\w-]{43})\\s");
      People people = new People(folder, server.url(), Certificates.in(folder).certificate());

      String grant =
          people.says(admin, "grants", "add", "--person", "ada", "--scope", "maintainer").strip();
      assertThat(people.says(admin, "grants", "list"))
          .contains("WHO", "person ada", "maintainer", "default", "admin", grant);
      assertThat(Json.MAPPER.readTree(people.says(admin, "grants", "--json")).get(0).get("holder"))
          .hasToString("\"ada\"");
      ServerProcess both =
          people.command(
              admin, "grants", "add", "--person", "a", "--group", "b", "--scope", "reader");
      assertThat(both.exit()).isEqualTo(2);
      people.says(admin, "grants", "remove", grant);
      assertThat(people.says(admin, "grants")).doesNotContain("ada");

      String first = people.says(admin, "token", "create", "ci", "--scope", "reader").strip();
      String second = people.says(admin, "token", "rotate", "ci", "--grace", "5").strip();
      people.says(first, "status");
      people.says(second, "status");
      people.says(admin, "token", "rotate", "ci");
      assertThat(people.command(second, "status").exit()).isEqualTo(5);
      ServerProcess elsewhere = people.command(admin, "status", "--as", "nowhere");
      assertThat(elsewhere.exit()).isEqualTo(5);
      assertThat(elsewhere.output()).contains("may act in default (admin)");
    }
  }

  @Test
  void a_command_for_a_server_says_what_is_missing() throws Exception {
    ServerProcess without =
        ServerProcess.command(
            folder, Map.of("CAPSTAN_SERVER", "https://capstan.invalid"), List.of("status"));
    assertThat(without.exit()).isEqualTo(5);
    assertThat(without.output()).contains("CAPSTAN_TOKEN");
    ServerProcess wrong =
        ServerProcess.command(
            folder,
            Map.of("CAPSTAN_TOKEN", "cap_x"),
            List.of("status", "--server", "capstan.invalid"));
    assertThat(wrong.exit()).isEqualTo(2);
    assertThat(wrong.output()).contains("https://");
  }

  private record People(Path folder, String url, Path authority) {
    ServerProcess command(String token, String... arguments) throws Exception {
      return ServerProcess.command(
          folder,
          Map.of(
              "CAPSTAN_SERVER", url,
              "CAPSTAN_TOKEN", token,
              "CAPSTAN_CA", authority.toString()),
          List.of(arguments));
    }

    String says(String token, String... arguments) throws Exception {
      ServerProcess process = command(token, arguments);
      assertThat(process.exit()).as(process.output()).isZero();
      return process.output();
    }
  }
}
