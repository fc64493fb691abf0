package dev.capstan.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.capstan.testkit.oidc.OidcProvider;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/** What people may do by grants that are kept in the server, and services by tokens that rotate. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class GrantsTest {
  @TempDir static Path folder;
  private OidcProvider provider;
  private StartedServer server;
  private Tenants tenants;

  @BeforeAll
  void start() throws Exception {
    provider = new OidcProvider();
    server = new StartedServer(folder, Map.of("CAPSTAN_OIDC_ISSUER", provider.issuer()));
    tenants = new Tenants(server);
    tenants.organisation("ours").project("ours-one");
    tenants.named("ours").project("ours-two");
    tenants.organisation("theirs").project("theirs-one");
  }

  @AfterAll
  void stop() {
    server.close();
    provider.close();
  }

  private HttpResponse<String> get(String path, String token, String... headers) throws Exception {
    var request = server.request(path).setHeader("Authorization", "Bearer " + token);
    return server.send((headers.length == 0 ? request : request.headers(headers)).GET());
  }

  private HttpResponse<String> change(String method, String path, String token, String body)
      throws Exception {
    return server.send(
        server
            .request(path)
            .setHeader("Authorization", "Bearer " + token)
            .header("Content-Type", "application/json")
            .method(method, BodyPublishers.ofString(body)));
  }

  private String person(String name, String... groups) {
    return provider.key().sign(provider.claims(name, List.of(groups)));
  }

  private static String wanted(String kind, String holder, String scope, String project) {
    return """
    {"kind": "%s", "holder": "%s", "scope": "%s", "project": "%s", "organisation": ""}\
    """
        .formatted(kind, holder, scope, project);
  }

  private String granted(String organisation, String body) {
    String grant = tenants.named(organisation).post("/grants", body);
    return JsonMapper.shared().readTree(grant).get("id").asString();
  }

  @Test
  void a_grant_holds_from_the_next_request_on_until_it_is_removed() throws Exception {
    String ada = person("ada");
    assertThat(get("/projects", ada).statusCode()).isEqualTo(401);

    String id = granted("ours", wanted("person", "ada", "reader", "ours-one"));

    assertThat(get("/projects", ada).body())
        .contains("ours-one")
        .doesNotContain("ours-two", "theirs");
    assertThat(change("POST", "/runs", ada, "{}").body()).contains("scope operator");
    assertThat(get("/grants", ada).statusCode()).isEqualTo(403);
    String admin = tenants.named("ours").token();
    assertThat(change("DELETE", "/grants/" + id, admin, "").statusCode()).isEqualTo(200);
    assertThat(get("/projects", ada).statusCode()).isEqualTo(401);
    assertThat(change("DELETE", "/grants/" + id, admin, "").statusCode()).isEqualTo(404);
  }

  @Test
  void a_group_and_the_issuers_own_id_of_somebody_may_be_granted_something_too() throws Exception {
    granted("theirs", wanted("group", "their team", "reader", ""));
    granted("theirs", wanted("person", "sub:id-of-grace", "maintainer", ""));

    assertThat(get("/projects", person("bob", "their team")).body()).contains("theirs-one");
    assertThat(get("/projects", person("grace")).body()).contains("theirs-one");
    assertThat(get("/projects", person("bob", "sub:id-of-grace")).statusCode())
        .as("a group is no person")
        .isEqualTo(401);
    assertThat(get("/projects", person("their team")).statusCode()).isEqualTo(401);
  }

  @Test
  void whoever_has_several_roles_acts_in_one_of_them() throws Exception {
    granted("ours", wanted("person", "alan", "maintainer", "ours-one"));
    granted("ours", wanted("person", "alan", "reader", "ours-two"));
    granted("theirs", wanted("person", "alan", "admin", ""));
    String alan = person("alan");

    assertThat(get("/projects", alan).body())
        .as("the first that was granted")
        .contains("ours-one")
        .doesNotContain("ours-two", "theirs");
    assertThat(get("/projects", alan, "Capstan-As", "ours/ours-two").body())
        .contains("ours-two")
        .doesNotContain("ours-one");
    assertThat(get("/grants", alan).statusCode()).isEqualTo(403);
    assertThat(get("/grants", alan, "Capstan-As", "theirs").body()).contains("alan");
    var refused = get("/projects", alan, "Capstan-As", "ours");
    assertThat(refused.statusCode()).isEqualTo(403);
    assertThat(refused.body())
        .contains("ours/ours-one (maintainer)", "ours/ours-two (reader)", "theirs (admin)");
    assertThat(server.get("/audit/export").body())
        .contains("\"who\":\"alan\",\"token\":\"oidc:id-of-alan\"")
        .contains("Capstan-As: alan may act in");
  }

  @Test
  void an_admin_grants_what_is_theirs_and_nothing_else() throws Exception {
    String id = granted("theirs", wanted("person", "secret-agent", "operator", ""));
    String ours = tenants.named("ours").token();

    assertThat(get("/grants", ours).body()).doesNotContain("secret-agent");
    assertThat(change("DELETE", "/grants/" + id, ours, "").statusCode()).isEqualTo(404);
    for (String body :
        List.of(
            wanted("person", "eve", "reader", "theirs-one"),
            wanted("person", "eve", "admin", "")
                .replace("\"organisation\": \"\"", "\"organisation\": \"theirs\""),
            wanted("person", "eve", "admin", "")
                .replace("\"organisation\": \"\"", "\"organisation\": \"default\""))) {
      assertThat(change("POST", "/grants", ours, body).statusCode()).as(body).isEqualTo(404);
    }
    assertThat(get("/projects", person("eve")).statusCode()).isEqualTo(401);
    assertThat(server.get("/grants").body()).contains("secret-agent");
  }

  @Test
  void what_is_no_grant_is_refused_with_the_reason() throws Exception {
    String ours = tenants.named("ours").token();
    Map<String, String> bad =
        Map.of(
            wanted("robot", "eve", "reader", ""), "person or group",
            wanted("person", "no name", "reader", ""), "as the issuer names them",
            wanted("person", "sub:", "reader", ""), "as the issuer names them",
            wanted("group", "", "reader", ""), "1 to 200",
            wanted("person", "eve", "worker", ""), "reader, operator, maintainer or admin",
            wanted("person", "eve", "admin", "ours-one"), "not of a project");
    for (var one : bad.entrySet()) {
      var answer = change("POST", "/grants", ours, one.getKey());
      assertThat(answer.statusCode()).as(one.getKey()).isEqualTo(400);
      assertThat(answer.body()).contains(one.getValue());
    }
    granted("ours", wanted("person", "twice", "reader", ""));
    assertThat(change("POST", "/grants", ours, wanted("person", "twice", "admin", "")).statusCode())
        .isEqualTo(409);
  }

  @Test
  void a_token_that_is_rotated_keeps_its_name_and_may_keep_its_former_secret_for_a_while()
      throws Exception {
    String admin = tenants.named("ours").token();
    String first = tenants.named("ours").newToken("robot", "reader", "", "");
    String id = id(admin, "robot");

    String second = rotated(admin, id, 60);
    assertThat(get("/projects", first).statusCode()).isEqualTo(200);
    assertThat(get("/projects", second).statusCode()).isEqualTo(200);
    String third = rotated(admin, id, 0);
    assertThat(get("/projects", first).statusCode()).isEqualTo(401);
    assertThat(get("/projects", second).statusCode()).isEqualTo(401);
    assertThat(get("/projects", third).statusCode()).isEqualTo(200);

    assertThat(id(admin, "robot")).isEqualTo(id);
    String path = "/tokens/" + id + "/rotate";
    assertThat(change("POST", path, admin, "{\"graceMinutes\":10081}").statusCode()).isEqualTo(400);
    String others = tenants.named("theirs").token();
    assertThat(change("POST", path, others, "{\"graceMinutes\":0}").statusCode()).isEqualTo(404);
    assertThat(get("/projects", third).statusCode()).isEqualTo(200);
    assertThat(server.get("/audit/export").body())
        .contains("POST /api/v1/tokens/{id}/rotate")
        .doesNotContain(first, second, third);
  }

  private String rotated(String admin, String id, int grace) throws Exception {
    var answer =
        change("POST", "/tokens/" + id + "/rotate", admin, "{\"graceMinutes\":" + grace + '}');
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return JsonMapper.shared().readTree(answer.body()).get("secret").asString();
  }

  private String id(String admin, String name) throws Exception {
    for (var one : JsonMapper.shared().readTree(get("/tokens", admin).body()).get("items")) {
      if (one.get("name").asString().equals(name)) {
        return one.get("id").asString();
      }
    }
    throw new AssertionError("there is no token " + name);
  }
}
