package dev.capstan.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The committed description of the API is that of the server as it is. */
class OpenApiTest {
  private static final Path COMMITTED = Path.of("..", "api", "openapi.json");

  @Test
  void the_committed_description_is_that_of_the_real_server(@TempDir Path folder) throws Exception {
    try (StartedServer server = new StartedServer(folder)) {
      String generated = server.get("/generated").body().strip() + '\n';
      if (Boolean.getBoolean("capstan.regenerate")) {
        Files.writeString(COMMITTED, generated);
      }

      assertThat(Files.readString(COMMITTED))
          .as("run again with -Dcapstan.regenerate=true, and read the difference")
          .isEqualTo(generated);
      assertThat(server.get("/openapi.json").body()).contains("openapi");
      assertThat(undescribed(JsonMapper.shared().readTree(generated))).isEmpty();
    }
  }

  private static List<String> undescribed(JsonNode api) {
    assertThat(api.get("paths")).hasSizeGreaterThan(30);
    List<String> found = new ArrayList<>();
    api.get("paths")
        .forEachEntry((path, operations) ->
            operations.forEachEntry((method, operation) -> {
              if (operation.path("summary").asString("").isBlank()) {
                found.add(method + ' ' + path);
              }
            }));
    return found;
  }
}
