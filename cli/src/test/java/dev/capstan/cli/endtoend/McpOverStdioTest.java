package dev.capstan.cli.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.capstan.api.Endpoint;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An agent starts {@code capstan mcp} and finds code by it. */
class McpOverStdioTest {
  @TempDir private Path folder;

  @Test
  void in_the_folder_of_a_repository_its_project_is_meant_and_nothing_else_is_printed()
      throws Exception {
    Path shop = Mcp.indexedShop(folder);
    try (McpProcess mcp =
        new McpProcess(shop, Map.of(), "--data", folder.resolve("data").toString())) {
      assertThat(mcp.ask("initialize", Map.of("protocolVersion", "2025-06-18")).toString())
          .contains("capstan");
      assertThat(mcp.ask("tools/list", Map.of()).get("tools").size()).isEqualTo(8);
      assertThat(mcp.call("symbols", Map.of("name", "openDrawer"))).contains("src/Till.java@");
      assertThat(mcp.end()).isZero();
    }
  }

  @Test
  void a_server_elsewhere_is_asked_with_its_token() throws Exception {
    Path shop = Mcp.indexedShop(folder);
    try (ServerProcess server =
        ServerProcess.start(folder, Map.of("CAPSTAN_LISTEN", "127.0.0.1:0"))) {
      String url = server.url();
      Endpoint endpoint = ServerProcess.endpoint(folder);
      try (McpProcess mcp =
          new McpProcess(shop, Map.of("CAPSTAN_TOKEN", endpoint.token()), "--server", url)) {
        assertThat(mcp.call("search", Map.of("query", "openDrawer"))).contains("void openDrawer()");
        assertThat(mcp.end()).isZero();
      }
    }
  }
}
