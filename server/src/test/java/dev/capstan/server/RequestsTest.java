package dev.capstan.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.capstan.api.ErrorCode;
import dev.capstan.api.Problem;
import dev.capstan.core.RunId;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a request may be bound to: a version of the run, and a key. And what is no request. */
class RequestsTest {
  private static final String NOTHING = "{\"step\":\"\",\"comment\":\"\"}";
  private static final AtomicInteger NUMBER = new AtomicInteger();
  @TempDir static Path folder;
  private static StartedServer server;

  @BeforeAll
  static void start() throws Exception {
    server = new StartedServer(folder);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void an_action_for_an_older_version_is_refused_and_changes_nothing() throws Exception {
    String run = newRun();
    HttpResponse<String> seen = server.get("/runs/" + run);
    String tag = seen.headers().firstValue("ETag").orElseThrow();
    assertThat(act(run, "start", "If-Match", tag).statusCode()).isEqualTo(200);

    HttpResponse<String> stale = act(run, "cancel", "If-Match", tag);

    assertProblem(stale, ErrorCode.STALE, "version");
    assertThat(types(run)).doesNotContain("run-cancelled.v1");
    HttpResponse<String> current = server.get("/runs/" + run);
    assertThat(
            act(run, "cancel", "If-Match", current.headers().firstValue("ETag").orElseThrow())
                .statusCode())
        .isEqualTo(200);
    assertProblem(act(run, "cancel", "If-Match", "12"), ErrorCode.INVALID, "If-Match");
  }

  @Test
  void a_run_that_was_not_changed_is_not_sent_again() throws Exception {
    String run = newRun();
    String tag = server.get("/runs/" + run).headers().firstValue("ETag").orElseThrow();
    HttpResponse<String> again =
        server.send(server.request("/runs/" + run).header("If-None-Match", tag).GET());
    assertThat(again.statusCode()).isEqualTo(304);
  }

  @Test
  void a_request_with_a_key_has_one_effect_and_one_answer() throws Exception {
    String run = newRun();
    HttpResponse<String> first = act(run, "start", "Idempotency-Key", "start-" + run);
    HttpResponse<String> cancelled = act(run, "cancel");
    HttpResponse<String> again = act(run, "start", "Idempotency-Key", "start-" + run);

    assertThat(cancelled.statusCode()).isEqualTo(200);
    assertThat(again.statusCode()).isEqualTo(200);
    assertThat(again.body()).isEqualTo(first.body()).contains("\"version\"");
    assertThat(again.headers().firstValue("ETag")).isEqualTo(first.headers().firstValue("ETag"));
    assertThat(again.headers().firstValue("Content-Type"))
        .isEqualTo(first.headers().firstValue("Content-Type"));
    assertThat(types(run)).containsOnlyOnce("run-started.v1");
  }

  @Test
  void a_refusal_is_an_answer_too() throws Exception {
    String run = newRun();
    HttpResponse<String> first = act(run, "resume", "Idempotency-Key", "resume-" + run);
    assertThat(first.statusCode()).isEqualTo(409);
    act(run, "start");
    act(run, "pause");
    HttpResponse<String> again = act(run, "resume", "Idempotency-Key", "resume-" + run);
    assertThat(again.statusCode()).isEqualTo(409);
    assertThat(again.body()).isEqualTo(first.body());
  }

  @Test
  void a_key_with_another_request_is_refused() throws Exception {
    String run = newRun();
    act(run, "start", "Idempotency-Key", "one-" + run);
    assertProblem(
        act(run, "pause", "Idempotency-Key", "one-" + run), ErrorCode.KEY_REUSED, "one-" + run);
    assertProblem(
        server.post("/runs/" + run + "/start", NOTHING + ' ', "Idempotency-Key", "one-" + run),
        ErrorCode.KEY_REUSED,
        "another request");
    assertProblem(
        act(run, "pause", "Idempotency-Key", "k".repeat(201)), ErrorCode.INVALID, "Idempotency");
  }

  @Test
  void many_at_once_with_one_key_have_one_effect() throws Exception {
    String run = newRun();
    int many = 12;
    CyclicBarrier together = new CyclicBarrier(many);
    List<Future<HttpResponse<String>>> answers = new ArrayList<>();
    try (var threads = Executors.newFixedThreadPool(many)) {
      for (int i = 0; i < many; i++) {
        answers.add(
            threads.submit(() -> {
              together.await();
              return act(run, "start", "Idempotency-Key", "many-" + run);
            }));
      }
    }
    String last = act(run, "start", "Idempotency-Key", "many-" + run).body();
    int same = 0;
    for (Future<HttpResponse<String>> answer : answers) {
      if (answer.get().statusCode() == 409) {
        assertProblem(answer.get(), ErrorCode.CONFLICT, "under way");
      } else {
        same++;
        assertThat(answer.get().body()).isEqualTo(last);
      }
    }
    assertThat(same).isPositive();
    assertThat(types(run)).containsOnlyOnce("run-started.v1");
  }

  @Test
  void a_key_whose_request_was_cut_off_after_its_effect_is_safe_to_repeat() throws Exception {
    String run = newRun();
    assertThat(act(run, "start", "Idempotency-Key", "cut-" + run).statusCode()).isEqualTo(200);
    forgetAnswer("cut-" + run);

    HttpResponse<String> again = act(run, "start", "Idempotency-Key", "cut-" + run);

    assertThat(again.statusCode()).as(again.body()).isEqualTo(200);
    assertThat(types(run)).containsOnlyOnce("run-started.v1");
  }

  @Test
  void a_key_whose_request_was_cut_off_before_its_effect_is_carried_out() throws Exception {
    String run = newRun();
    assertThat(act(run, "pause", "Idempotency-Key", "cut-" + run).statusCode()).isEqualTo(409);
    forgetAnswer("cut-" + run);
    act(run, "start");
    assertThat(act(run, "pause", "Idempotency-Key", "cut-" + run).statusCode()).isEqualTo(200);
    assertThat(types(run)).containsOnlyOnce("run-paused.v1");
  }

  @Test
  void without_a_token_a_key_opens_nothing() throws Exception {
    String run = newRun();
    act(run, "start", "Idempotency-Key", "secret-" + run);
    HttpRequest stranger =
        HttpRequest.newBuilder(
                URI.create(server.endpoint().url() + "/api/v1/runs/" + run + "/start"))
            .header("Content-Type", "application/json")
            .header("Idempotency-Key", "secret-" + run)
            .POST(BodyPublishers.ofString(NOTHING))
            .build();
    try (HttpClient http = HttpClient.newHttpClient()) {
      assertProblem(http.send(stranger, BodyHandlers.ofString()), ErrorCode.UNAUTHENTICATED, "");
    }
  }

  @Test
  void what_is_no_request_is_told_with_its_place() throws Exception {
    String path = "/runs/" + newRun() + "/pause";
    assertProblem(
        server.post(path, "{\"step\":\"\",\"comment\":\"\",\"colour\":1}"),
        ErrorCode.INVALID,
        "colour: there is no such field; the fields are [step, comment]");
    assertProblem(server.post(path, "{\"step\":\"\"}"), ErrorCode.INVALID, "comment");
    assertProblem(server.post(path, "{\"step\":{},\"comment\":\"\"}"), ErrorCode.INVALID, "step");
    assertProblem(
        server.post("/runs", "{\"plan\":{\"steps\":[],\"extra\":1}}"),
        ErrorCode.INVALID,
        "plan.extra: there is no such field");
    assertProblem(
        server.post("/runs", "{\"plan\":" + "[".repeat(2_000)), ErrorCode.INVALID, "plan");
    assertProblem(
        server.post(path, "{\"step\":\"" + "x".repeat(17 << 20) + "\"}"),
        ErrorCode.TOO_LARGE,
        "the limit of this server");
    assertProblem(
        server.send(
            server
                .request(path)
                .header("Content-Type", "text/plain")
                .POST(BodyPublishers.ofString(NOTHING))),
        ErrorCode.UNSUPPORTED,
        "text/plain");
  }

  private static String newRun() throws Exception {
    String id = "run-" + NUMBER.incrementAndGet();
    return Requests.created(server, Requests.run(id, "/src/shop", "Tidy")).id();
  }

  private static HttpResponse<String> act(String run, String action, String... headers)
      throws Exception {
    return server.post("/runs/" + run + '/' + action, NOTHING, headers);
  }

  private static List<String> types(String run) {
    return server.queries().events(new RunId(run), 0, 100).stream()
        .map(event -> event.type())
        .toList();
  }

  /** What a server leaves behind that dies between the effect and the answer. */
  private static void forgetAnswer(String key) {
    int changed =
        server
            .installation()
            .transactions()
            .inTransaction(connection -> {
              try (var update =
                  connection.prepareStatement(
                      "update request_key set status = null, answer = null, held_until = now() - interval '1 second' where key = ?")) {
                update.setString(1, key);
                return update.executeUpdate();
              }
            });
    assertThat(changed).isEqualTo(1);
  }

  private static void assertProblem(HttpResponse<String> answer, ErrorCode code, String word) {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(code.httpStatus());
    assertThat(answer.headers().firstValue("Content-Type").orElse(""))
        .startsWith("application/problem+json");
    Problem problem = Requests.json(answer.body(), Problem.class);
    assertThat(problem.code()).isEqualTo(code);
    assertThat(problem.detail()).contains(word).doesNotContain("Exception").hasSizeLessThan(1_500);
  }
}
