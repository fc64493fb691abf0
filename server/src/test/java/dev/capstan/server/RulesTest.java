package dev.capstan.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.capstan.control.access.Scope;
import dev.capstan.server.Door.Answer;
import dev.capstan.server.auth.Allowed;
import dev.capstan.server.auth.Open;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Every endpoint that is there, with a token of every scope and with none. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RulesTest {
  private static final String API = "/api/v1";

  @TempDir static Path folder;

  private Door door;

  @BeforeAll
  void open() {
    door = Door.open(folder.resolve("data"), RequestLimits.DEFAULT);
  }

  @AfterAll
  void close() {
    door.close();
  }

  /** One address with its rule; without a scope it is open to all. */
  private record Endpoint(String method, String path, String type, Optional<Scope> needed) {}

  private List<Endpoint> endpoints() {
    List<Endpoint> all = new ArrayList<>();
    door.server()
        .handlers()
        .getHandlerMethods()
        .forEach((mapping, handler) -> {
          if (!handler.getBeanType().getName().startsWith("dev.capstan.")) {
            return;
          }
          Allowed rule = handler.getMethodAnnotation(Allowed.class);
          assertThat(rule != null ^ handler.hasMethodAnnotation(Open.class))
              .as("a rule of " + mapping)
              .isTrue();
          String type =
              mapping.getConsumesCondition().isEmpty()
                  ? Door.JSON
                  : mapping
                      .getConsumesCondition()
                      .getConsumableMediaTypes()
                      .iterator()
                      .next()
                      .toString();
          for (String pattern : mapping.getPatternValues()) {
            mapping
                .getMethodsCondition()
                .getMethods()
                .forEach(method ->
                    all.add(
                        new Endpoint(
                            method.name(),
                            pattern.replaceAll("\\{[^}]+}", "x"),
                            type,
                            Optional.ofNullable(rule).map(Allowed::value))));
          }
        });
    return all;
  }

  @Test
  void each_endpoint_answers_each_scope_as_its_rule_says() throws Exception {
    List<Endpoint> endpoints = endpoints();
    assertThat(endpoints).hasSizeGreaterThan(40);
    for (Scope scope : Scope.values()) {
      String token = door.token("holder-of-" + scope.word(), scope.word(), "", "");
      for (Endpoint endpoint : endpoints) {
        Answer answer = send(token, endpoint);
        boolean may = endpoint.needed().map(scope::covers).orElse(true);
        String what = scope + " " + endpoint + ": " + answer.body();
        if (endpoint.path().contains("/webhooks/")) {
          assertThat(answer.status())
              .as("no token opens what a signature must: " + what)
              .isEqualTo(401);
        } else if (may) {
          assertThat(answer.status()).as(what).isNotIn(401, 403).isLessThan(500);
        } else {
          assertThat(answer.status()).as(what).isEqualTo(403);
          assertThat(answer.json().get("code").asString()).isEqualTo("FORBIDDEN");
          assertThat(answer.json().get("detail").asString())
              .contains("scope " + endpoint.needed().orElseThrow().word());
        }
      }
    }
    for (Endpoint endpoint : endpoints) {
      for (String bad : List.of("", "cap_wrong", door.owner() + "x")) {
        if (!bad.isEmpty() || endpoint.needed().isPresent()) {
          assertThat(send(bad, endpoint).status()).as("nobody " + endpoint).isEqualTo(401);
        }
      }
    }
  }

  private Answer send(String token, Endpoint endpoint) throws Exception {
    return door.send(token, endpoint.method(), endpoint.path(), endpoint.type(), "{}");
  }

  @Test
  void who_is_not_known_is_told_how_to_sign_in() throws Exception {
    Answer answer = door.get("", API + "/runs");

    assertThat(answer.status()).isEqualTo(401);
    assertThat(answer.response().headers().firstValue("WWW-Authenticate").orElse(""))
        .startsWith("Bearer");
    assertThat(answer.json().get("detail").asString())
        .contains("Authorization: Bearer", "capstan token create", "endpoint.json");
  }

  @Test
  void whoever_is_not_known_does_not_even_learn_which_addresses_there_are() throws Exception {
    assertThat(door.send("", "DELETE", API + "/runs", Door.JSON, "").status()).isEqualTo(401);
    assertThat(door.send("", "POST", API + "/artifacts", Door.JSON, "{}").status()).isEqualTo(401);
    assertThat(door.get("", "/nothing").status()).isEqualTo(401);
    assertThat(door.get("", "/error").status()).isEqualTo(401);
    assertThat(door.get("", "/healthz;x=/api/v1/runs").status()).isEqualTo(401);
    assertThat(door.get(door.owner(), "/nothing").status()).isEqualTo(404);
  }

  @Test
  void a_token_ends_when_it_is_revoked_and_is_never_shown_again() throws Exception {
    String token = door.token("leaver", "reader", "", "");
    assertThat(door.get(token, API + "/runs").status()).isEqualTo(200);

    Answer listed = door.get(door.owner(), API + "/tokens");
    assertThat(listed.body()).contains("leaver").doesNotContain(token);
    String id = "";
    for (var one : listed.json()) {
      id = one.get("name").asString().equals("leaver") ? one.get("id").asString() : id;
    }
    Answer again =
        door.post(
            door.owner(),
            API + "/tokens",
            "{\"name\":\"leaver\",\"scope\":\"admin\",\"project\":\"\",\"organisation\":\"\",\"days\":1}");
    assertThat(again.status()).as("a name is one holder's").isEqualTo(409);
    assertThat(door.send(door.owner(), "DELETE", API + "/tokens/" + id, Door.JSON, "").status())
        .isEqualTo(200);

    assertThat(door.get(token, API + "/runs").status()).isEqualTo(401);
    assertThat(door.token("leaver", "reader", "", "")).isNotEqualTo(token);
  }

  @Test
  void the_audit_names_who_did_what_and_what_was_refused() throws Exception {
    String reader = door.token("curious", "reader", "", "");
    assertThat(door.post(reader, API + "/runs", "{}").status()).isEqualTo(403);
    assertThat(door.get(reader, API + "/projects").status()).isEqualTo(200);
    assertThat(door.get("cap_wrong", API + "/projects").status()).isEqualTo(401);

    var entries = door.get(door.owner(), API + "/audit").json();

    List<String> told = new ArrayList<>();
    entries.forEach(one ->
        told.add(
            one.get("who").asString()
                + ' '
                + one.get("outcome").asString()
                + ' '
                + one.get("action").asString()
                + ' '
                + one.get("reason").asString()));
    assertThat(told)
        .anyMatch(one -> one.startsWith("user allowed POST /api/v1/tokens"))
        .anyMatch(
            one -> one.startsWith("curious refused POST /api/v1/runs") && one.contains("operator"))
        .anyMatch(one -> one.startsWith("nobody refused GET"))
        .noneMatch(one -> one.startsWith("curious allowed GET"));
    long last = entries.get(entries.size() - 1).get("position").asLong();
    assertThat(door.get(door.owner(), API + "/audit?after=" + (last - 1)).json().size())
        .isPositive();
    assertThat(door.get(door.owner(), API + "/audit?after=1&limit=1").json().size()).isEqualTo(1);
  }
}
