package dev.capstan.server.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.capstan.api.Endpoint;
import dev.capstan.server.StartedServer;
import java.net.http.HttpClient;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/** What other organisations and other projects do is in nobody's stream. */
class StreamIsolationTest {
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  @Test
  void each_stream_tells_of_what_its_caller_may_see_and_of_nothing_else(@TempDir Path folder)
      throws Exception {
    HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    try (StartedServer server = new StartedServer(folder);
        http) {
      String owner = server.endpoint().token();
      Map<String, String> tokens = new LinkedHashMap<>();
      for (String organisation : List.of("theirs", "ours")) {
        send(server, owner, "/organisations", "{\"name\":\"" + organisation + "\"}");
        String admin = token(server, organisation + "-admin", "", organisation);
        for (String project : List.of(organisation + "-one", organisation + "-two")) {
          send(
              server,
              admin,
              "/projects",
              "{\"id\":\"%s\",\"source\":\"https://forge.invalid/x.git\",\"slots\":1}"
                  .formatted(project));
          tokens.put(project, token(server, project, project, organisation));
        }
      }
      tokens.forEach((project, token) -> send(server, token, "/runs", run(project)));

      for (var one : tokens.entrySet()) {
        Endpoint endpoint = new Endpoint(server.endpoint().url(), one.getValue(), 0, "");
        try (Client socket = Client.overWebSocket(http, endpoint, "after=0");
            Client events = Client.overEvents(http, endpoint, "after=0")) {
          for (Client client : List.of(socket, events)) {
            await().atMost(PATIENCE).until(client::messages, got -> !got.isEmpty());
            assertThat(client.messages())
                .as(one.getKey())
                .allMatch(message -> message.get("projectId").asString().equals(one.getKey()));
          }
        }
      }
    }
  }

  private static String run(String project) {
    return """
    {"id": "run-of-%s", "source": "", "project": "%s", "goal": "a goal", "base": "", "plan":
     {"steps": [{"id": "one", "kind": "chore", "title": "do it", "reason": "", "engines":
      [{"engine": "command", "arguments": ["true"]}], "after": [], "needed": 0, "scope": [],
      "judge": [], "files": {}, "environment": [], "timeLimitSeconds": 0, "waitLimitSeconds": 0,
      "priority": 0, "attempts": 1, "minimumTests": 0, "mayChangeNothing": false,
      "approval": false, "stop": false}]},
     "approvePlan": false, "parallelSteps": 0, "start": false}\
    """
        .formatted(project, project);
  }

  private static String token(
      StartedServer server, String name, String project, String organisation) {
    String scope = project.isEmpty() ? "admin" : "operator";
    String created =
        send(
            server,
            server.endpoint().token(),
            "/tokens",
            "{\"name\":\"%s\",\"scope\":\"%s\",\"project\":\"%s\",\"organisation\":\"%s\",\"days\":0}"
                .formatted(name, scope, project, organisation));
    return JsonMapper.shared().readTree(created).get("secret").asString();
  }

  private static String send(StartedServer server, String token, String path, String body) {
    try {
      var response =
          server.send(
              server
                  .request(path)
                  .setHeader("Authorization", "Bearer " + token)
                  .header("Content-Type", "application/json")
                  .POST(BodyPublishers.ofString(body)));
      assertThat(response.statusCode()).as(path + response.body()).isEqualTo(200);
      return response.body();
    } catch (Exception failure) {
      throw new AssertionError(failure);
    }
  }
}
