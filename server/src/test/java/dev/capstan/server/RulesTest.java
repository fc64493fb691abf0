package dev.capstan.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.capstan.control.access.Scope;
import dev.capstan.server.Door.Answer;
import dev.capstan.server.auth.Allowed;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Every operation of the API as it is described, with a token of every scope and with none. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RulesTest {
  private static final String API = "/api/v1";

  @TempDir static Path folder;

  private Door door;

  @BeforeAll
  void open() {
    door =
        Door.open(
            folder.resolve("data"),
            new RequestLimits(
                1 << 20, 1 << 20, 16 << 10, 100_000, 100_000, RequestLimits.DEFAULT.workers()));
  }

  @AfterAll
  void close() {
    door.close();
  }

  @Test
  void the_description_states_the_rule_of_each_handler_and_nothing_else() throws Exception {
    Map<String, String> rules = new TreeMap<>();
    door.server()
        .handlers()
        .getHandlerMethods()
        .forEach((mapping, handler) -> {
          if (handler.getBeanType().getName().startsWith("dev.capstan.")) {
            Allowed rule = handler.getMethodAnnotation(Allowed.class);
            for (String pattern : mapping.getPatternValues()) {
              mapping
                  .getMethodsCondition()
                  .getMethods()
                  .forEach(method ->
                      rules.put(
                          method.name() + ' ' + pattern,
                          rule == null ? "no token" : rule.value().word()));
            }
          }
        });
    Map<String, String> stated = new TreeMap<>();
    for (DocumentedOperation one : DocumentedOperation.all()) {
      stated.put(one.address(), one.isOpen() || one.isSigned() ? "no token" : one.needed().word());
    }

    assertThat(stated).hasSizeGreaterThan(60).isEqualTo(rules);
  }

  @Test
  void each_operation_answers_each_scope_as_the_description_states() throws Exception {
    List<DocumentedOperation> operations = DocumentedOperation.all();
    for (Scope scope : Scope.values()) {
      String token = door.token("holder-of-" + scope.word(), scope.word(), "", "");
      for (DocumentedOperation operation : operations) {
        judge(scope, operation, send(token, operation));
      }
    }
    for (DocumentedOperation operation : operations) {
      for (String bad : List.of("", "cap_wrong", door.owner() + "x")) {
        if (!bad.isEmpty() || !operation.isOpen()) {
          assertThat(operation.isOpen() || operation.answers().contains("401")).isTrue();
          assertThat(send(bad, operation).status()).as("nobody " + operation).isEqualTo(401);
        }
      }
    }
  }

  private static void judge(Scope scope, DocumentedOperation operation, Answer answer) {
    String what = scope + " " + operation.address() + ": " + answer.body();
    if (operation.isSigned()) {
      assertThat(answer.status())
          .as("no token opens what a signature must: " + what)
          .isEqualTo(401);
    } else if (operation.isOpen() || scope.covers(operation.needed())) {
      assertThat(answer.status()).as(what).isNotIn(401, 403).isLessThan(500);
    } else {
      assertThat(operation.answers()).as(what).contains("403");
      assertThat(answer.status()).as(what).isEqualTo(403);
      assertThat(answer.json().get("code").asString()).isEqualTo("FORBIDDEN");
      assertThat(answer.json().get("detail").asString())
          .contains("scope " + operation.needed().word());
    }
  }

  private Answer send(String token, DocumentedOperation operation) throws Exception {
    String path = operation.path().replaceAll("\\{[^}]+}", "x");
    return door.send(token, operation.method(), path, operation.type(), "{}");
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
    for (var one : listed.json().get("items")) {
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

    var entries = door.get(door.owner(), API + "/audit").json().get("items");

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
    assertThat(
            door.get(door.owner(), API + "/audit?after=" + (last - 1)).json().get("items").size())
        .isPositive();
    var page = door.get(door.owner(), API + "/audit?after=1&limit=1").json();
    assertThat(page.get("items").size()).isEqualTo(1);
    assertThat(page.get("next").asString())
        .isEqualTo(page.get("items").get(0).get("position").asString());
  }
}
