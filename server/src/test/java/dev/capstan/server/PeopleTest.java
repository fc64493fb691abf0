package dev.capstan.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.capstan.testkit.oidc.OidcProvider;
import dev.capstan.testkit.oidc.SigningKey;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** People sign in with tokens of an issuer, and with nothing that only looks like one. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PeopleTest {
  @TempDir static Path folder;
  private OidcProvider provider;
  private StartedServer server;
  private Tenants tenants;

  @BeforeAll
  void start() throws Exception {
    provider = new OidcProvider();
    server =
        new StartedServer(
            folder,
            Map.of(
                "CAPSTAN_OIDC_ISSUER",
                provider.issuer(),
                "CAPSTAN_OIDC_GRANTS",
                "admins=admin,team ours=maintainer@ours,one=operator@ours/ours-one,lookers=reader"));
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

  private HttpResponse<String> get(String path, String token) throws Exception {
    return server.send(server.request(path).setHeader("Authorization", "Bearer " + token).GET());
  }

  private String token(String name, String... groups) {
    return provider.key().sign(provider.claims(name, List.of(groups)));
  }

  @Test
  void groups_say_what_somebody_may_do_and_see() throws Exception {
    assertThat(get("/projects", token("ada", "admins")).body())
        .contains("ours-one", "ours-two", "theirs-one");
    assertThat(get("/tokens", token("ada", "admins")).statusCode()).isEqualTo(200);
    assertThat(get("/projects", token("bob", "x", "team ours")).body())
        .contains("ours-one", "ours-two")
        .doesNotContain("theirs");
    assertThat(get("/tokens", token("bob", "team ours")).statusCode()).isEqualTo(403);
    assertThat(get("/projects", token("eve", "one")).body())
        .contains("ours-one")
        .doesNotContain("ours-two", "theirs");
    assertThat(get("/projects", token("ada", "lookers", "admins")).body())
        .as("of several grants the first of the configuration holds")
        .contains("theirs-one");
  }

  @Test
  void who_has_left_their_groups_is_let_in_no_more() throws Exception {
    assertThat(get("/runs", token("ada")).statusCode()).isEqualTo(401);
    assertThat(get("/runs", token("ada", "other")).statusCode()).isEqualTo(401);
    assertThat(get("/runs", token("ada", "admin")).statusCode()).isEqualTo(401);
  }

  @Test
  void the_audit_and_events_name_the_person() throws Exception {
    String token = token("grace", "one");
    tenants.holder("ours-one", token).run("run-of-grace");

    assertThat(server.get("/runs/run-of-grace/events").body()).contains("\"actor\":\"grace\"");
    assertThat(server.get("/audit/export").body())
        .contains("\"who\":\"grace\",\"token\":\"oidc:id-of-grace\",\"organisation\":\"ours\"")
        .doesNotContain(token);
  }

  @Test
  void a_key_that_the_issuer_has_changed_is_fetched_and_the_old_one_is_good_no_more()
      throws Exception {
    String before = token("ada", "admins");
    assertThat(get("/runs", before).statusCode()).isEqualTo(200);

    provider.rotate("second");

    await().until(() -> get("/runs", token("ada", "admins")).statusCode() == 200);
    assertThat(get("/runs", before).statusCode()).isEqualTo(401);
  }

  @Test
  void what_is_forged_or_meant_for_others_or_old_is_refused() throws Exception {
    long now = Instant.now().getEpochSecond();
    SigningKey other = new SigningKey("first");
    Map<String, Object> good = provider.claims("ada", List.of("admins"));
    String signed = provider.key().sign(good);
    Map<String, String> bad = new LinkedHashMap<>();
    bad.put("signed by another key of the same name", other.sign(good));
    bad.put("signed by a key that nobody knows", new SigningKey("unknown").sign(good));
    bad.put("not signed", provider.key().sign("none", good));
    bad.put("signed with the public key as a secret", provider.key().sign("HS256", good));
    bad.put("with a changed body", signed.replaceFirst("\\.[^.]+\\.", "." + body(other) + "."));
    bad.put("without its signature", signed.substring(0, signed.lastIndexOf('.') + 1));
    bad.put("for another audience", with(good, "aud", "someone-else"));
    bad.put("for nobody", without(good, "aud"));
    bad.put("of another issuer", with(good, "iss", "https://elsewhere.example.org"));
    bad.put("of no issuer", without(good, "iss"));
    bad.put("expired", with(good, "exp", now - 120));
    bad.put("without an end", without(good, "exp"));
    bad.put("not yet good", with(good, "nbf", now + 600));
    bad.put("of nobody", without(good, "sub"));
    bad.put("of one who takes a name of Capstan's", with(good, "preferred_username", "capstan"));
    bad.put("of one whose name is more lines", with(good, "preferred_username", "a\nb"));
    bad.put("with groups that are no list of words", with(good, "groups", Map.of("admins", 1)));

    assertThat(get("/runs", signed).statusCode()).isEqualTo(200);
    assertThat(get("/runs", with(good, "exp", now - 20)).statusCode())
        .as("clocks may differ a little")
        .isEqualTo(200);
    for (var one : bad.entrySet()) {
      var answer = get("/runs", one.getValue());
      assertThat(answer.statusCode()).as(one.getKey()).isEqualTo(401);
      assertThat(answer.body()).doesNotContain(one.getValue());
    }
  }

  private static String body(SigningKey key) {
    return key.sign(Map.of("sub", "x")).split("\\.", -1)[1];
  }

  private String with(Map<String, Object> claims, String name, Object value) {
    Map<String, Object> changed = new LinkedHashMap<>(claims);
    changed.put(name, value);
    return provider.key().sign(changed);
  }

  private String without(Map<String, Object> claims, String name) {
    Map<String, Object> changed = new LinkedHashMap<>(claims);
    changed.remove(name);
    return provider.key().sign(changed);
  }
}
