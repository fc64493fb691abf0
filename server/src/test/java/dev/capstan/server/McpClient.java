package dev.capstan.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Somebody with a token who speaks the Model Context Protocol to a server. */
final class McpClient {
  private final StartedServer server;
  private final String token;
  private final AtomicInteger ids = new AtomicInteger();

  McpClient(StartedServer server, String token) {
    this.server = server;
    this.token = token;
  }

  /** A tool's answer. */
  record Told(String text, boolean failed) {}

  Told call(String tool, Map<String, ?> arguments) throws Exception {
    JsonNode answer = ask("tools/call", Map.of("name", tool, "arguments", arguments));
    assertThat(answer.has("result")).as(answer.toString()).isTrue();
    JsonNode result = answer.get("result");
    return new Told(result.at("/content/0/text").asString(), result.get("isError").asBoolean());
  }

  /** The text of a call that is to be done. */
  String done(String tool, Map<String, ?> arguments) throws Exception {
    Told told = call(tool, arguments);
    assertThat(told.failed()).as(told.text()).isFalse();
    return told.text();
  }

  /** Why a call was not done. */
  String refused(String tool, Map<String, ?> arguments) throws Exception {
    Told told = call(tool, arguments);
    assertThat(told.failed()).as(told.text()).isTrue();
    return told.text();
  }

  JsonNode ask(String method, Map<String, ?> parameters) throws Exception {
    String message =
        JsonMapper.shared()
            .writeValueAsString(
                Map.of(
                    "jsonrpc",
                    "2.0",
                    "id",
                    ids.incrementAndGet(),
                    "method",
                    method,
                    "params",
                    parameters));
    HttpResponse<String> response = send(message);
    assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
    JsonNode answer = JsonMapper.shared().readTree(response.body());
    assertThat(answer.get("id").asInt()).isEqualTo(ids.get());
    return answer;
  }

  HttpResponse<String> send(String message, String... headers) throws Exception {
    HttpRequest.Builder request =
        server
            .requestTo("/mcp")
            .setHeader("Authorization", "Bearer " + token)
            .header("Content-Type", "application/json")
            .header("Accept", "application/json, text/event-stream")
            .POST(BodyPublishers.ofString(message));
    return server.send(headers.length == 0 ? request : request.headers(headers));
  }
}
