package dev.capstan.cli.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.capstan.api.Endpoint;
import dev.capstan.api.ErrorCode;
import dev.capstan.api.Problem;
import dev.capstan.cli.session.Json;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Requests as strangers send them. */
@Execution(ExecutionMode.CONCURRENT)
@ExtendWith(ProductExtension.class)
class HttpTest {
  private static final String CREATE =
      """
      {"id": %s, "source": "/x", "project": "", "goal": %s, "base": "", "plan": {"steps": []},
       "approvePlan": false, "parallelSteps": 0, "start": false}\
      """;

  private final Endpoint endpoint;

  HttpTest(Product product) throws IOException {
    endpoint =
        Json.MAPPER.readValue(
            Files.readString(product.data().resolve(Endpoint.FILE)), Endpoint.class);
  }

  @Test
  void a_missing_or_wrong_token_is_refused() throws Exception {
    for (String token : List.of("", "Bearer ", "Bearer wrong", endpoint.token(), "Basic eDp5")) {
      HttpRequest.Builder request = HttpRequest.newBuilder(address("/runs"));
      if (!token.isEmpty()) {
        request.header("Authorization", token);
      }
      assertProblem(send(request.build()), ErrorCode.UNAUTHENTICATED, "endpoint.json");
    }
  }

  @Test
  void without_a_secret_no_webhook_is_let_in() throws Exception {
    assertProblem(post("/webhooks/github", "{}"), ErrorCode.UNAUTHENTICATED, "SECRET_GITHUB");
    assertProblem(post("/webhooks/gitlab", "{}"), ErrorCode.UNAUTHENTICATED, "SECRET_GITLAB");
  }

  @Test
  void a_body_that_is_no_request_is_invalid() throws Exception {
    for (String body :
        List.of(
            "{",
            "",
            "null",
            "[]",
            "\"text\"",
            "{}",
            "{\"id\": 1}",
            "{\"id\": \"run-x\", \"source\": \"/tmp\"}",
            "{\"id\":\"x\",\"source\":\"/x\",\"project\":\"\",\"goal\":\"g\",\"base\":\"\",\"plan\":null}",
            "{\"id\":\"x\",\"source\":\"/x\",\"project\":\"\",\"goal\":\"g\",\"base\":\"\",\"plan\":{\"steps\":[null]}}",
            "{\"id\":\"x\",\"source\":\"/x\",\"project\":\"\",\"goal\":\"g\",\"base\":\"\",\"plan\":{\"steps\":[{}]}}",
            CREATE.formatted("null", "\"g\""),
            CREATE.formatted("\"run-x\"", "null"),
            "[".repeat(100_000))) {
      assertProblem(post("/runs", body), ErrorCode.INVALID, "");
      assertProblem(post("/projects", body), ErrorCode.INVALID, "");
      assertProblem(post("/plans/check", body), ErrorCode.INVALID, "");
    }
  }

  @Test
  void ids_that_are_none_are_not_found_or_invalid() throws Exception {
    assertProblem(get("/runs/no-such-run"), ErrorCode.NOT_FOUND, "no-such-run");
    assertProblem(get("/runs/No%20Run"), ErrorCode.INVALID, "run id");
    assertProblem(get("/runs/no-such-run/events"), ErrorCode.NOT_FOUND, "no-such-run");
    assertProblem(get("/runs/no-such-run/report.md"), ErrorCode.NOT_FOUND, "no-such-run");
    assertProblem(get("/runs/no-such-run/diff"), ErrorCode.NOT_FOUND, "no-such-run");
    assertProblem(get("/runs/no-such-run/stream"), ErrorCode.NOT_FOUND, "no-such-run");
    assertProblem(get("/artifacts/" + "0".repeat(64)), ErrorCode.NOT_FOUND, "no artifact");
    assertProblem(get("/artifacts/endpoint.json"), ErrorCode.INVALID, "");
    assertProblem(get("/nothing"), ErrorCode.NOT_FOUND, "");
    assertProblem(get("/runs?limit=many"), ErrorCode.INVALID, "limit");
    assertProblem(
        post("/runs/no-such-run/explode", "{\"step\":\"\",\"comment\":\"\"}"),
        ErrorCode.NOT_FOUND,
        "");
  }

  @Test
  void paths_that_climb_lead_nowhere() throws Exception {
    for (String path :
        List.of("/artifacts/..%2f..%2fendpoint.json", "/artifacts/%2e%2e%2f%2e%2e", "/../../x")) {
      HttpResponse<String> answer = get(path);
      assertThat(answer.statusCode()).as(path).isBetween(400, 499);
      assertThat(answer.body()).doesNotContain(endpoint.token());
    }
  }

  @Test
  void a_huge_body_is_refused_and_the_server_lives_on() throws Exception {
    String body = "{\"id\":\"" + "x".repeat(70_000_000) + "\"}";

    HttpResponse<String> answer = post("/runs", body);

    assertThat(answer.statusCode()).isBetween(400, 499);
    assertThat(answer.body().length()).isLessThan(2_000);
    assertThat(get("/runs").statusCode()).isEqualTo(200);
  }

  private static void assertProblem(HttpResponse<String> answer, ErrorCode code, String word) {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(code.httpStatus());
    assertThat(answer.headers().firstValue("Content-Type").orElse(""))
        .startsWith("application/problem+json");
    Problem problem = Json.MAPPER.readValue(answer.body(), Problem.class);
    assertThat(problem.code()).isEqualTo(code);
    assertThat(problem.detail()).contains(word).doesNotContain("Exception").hasSizeLessThan(1_500);
  }

  private HttpResponse<String> get(String path) throws Exception {
    return send(authorised(path).GET().build());
  }

  private HttpResponse<String> post(String path, String body) throws Exception {
    return send(
        authorised(path)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(body))
            .build());
  }

  private HttpRequest.Builder authorised(String path) {
    return HttpRequest.newBuilder(address(path))
        .header("Authorization", "Bearer " + endpoint.token());
  }

  private URI address(String path) {
    return URI.create(endpoint.url() + "/api/v1" + path);
  }

  private static HttpResponse<String> send(HttpRequest request) throws Exception {
    try (HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
      return client.send(request, BodyHandlers.ofString());
    }
  }
}
