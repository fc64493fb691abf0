package dev.capstan.server.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.capstan.api.Endpoint;
import dev.capstan.server.StartedServer;
import dev.capstan.server.Tenants;
import dev.capstan.server.Tenants.Tenant;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What other organisations and other projects do is in nobody's stream. */
class StreamIsolationTest {
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  @Test
  void each_stream_tells_of_what_its_caller_may_see_and_of_nothing_else(@TempDir Path folder)
      throws Exception {
    HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    try (StartedServer server = new StartedServer(folder);
        http) {
      Tenants tenants = new Tenants(server);
      List<Tenant> operators = new ArrayList<>();
      for (String organisation : List.of("theirs", "ours")) {
        Tenant admin = tenants.organisation(organisation);
        operators.add(admin.project(organisation + "-one"));
        operators.add(admin.project(organisation + "-two"));
      }
      operators.forEach(one -> one.run("run-of-" + one.name()));

      for (Tenant one : operators) {
        Endpoint endpoint = new Endpoint(server.endpoint().url(), one.token(), 0, "");
        try (Client socket = Client.overWebSocket(http, endpoint, "after=0");
            Client events = Client.overEvents(http, endpoint, "after=0")) {
          for (Client client : List.of(socket, events)) {
            await().atMost(PATIENCE).until(client::messages, got -> !got.isEmpty());
            assertThat(client.messages())
                .as(one.name())
                .allMatch(message -> message.get("projectId").asString().equals(one.name()));
          }
        }
      }
    }
  }
}
