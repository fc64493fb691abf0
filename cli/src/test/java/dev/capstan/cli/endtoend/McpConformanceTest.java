package dev.capstan.cli.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.capstan.api.Endpoint;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The protocol's own conformance suite, against the real server. */
@Tag("slow")
@EnabledIf(
    value = "dev.capstan.cli.endtoend.McpConformanceTest#isInstalled",
    disabledReason = "DID_NOT_RUN: the conformance suite is not installed; ./verify installs it")
class McpConformanceTest {
  @TempDir private Path folder;
  private ServerProcess server;
  private TokenProxy proxy;

  static boolean isInstalled() {
    return Files.exists(RealAgent.program("conformance"));
  }

  @BeforeEach
  void start() throws Exception {
    Mcp.indexedShop(folder);
    server = ServerProcess.start(folder, Map.of("CAPSTAN_LISTEN", "127.0.0.1:0"));
    server.url();
    Endpoint endpoint = ServerProcess.endpoint(folder);
    proxy = new TokenProxy(URI.create(endpoint.url()), endpoint.token());
  }

  @AfterEach
  void stop() {
    proxy.close();
    server.close();
  }

  /**
   * The others want tools, resources and prompts of the suite's own, logging, completion or
   * sampling, which no server for code has.
   */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "server-initialize",
        "ping",
        "tools-list",
        "resources-list",
        "dns-rebinding-protection"
      })
  void a_scenario_that_fits_a_server_with_tools_and_resources_passes(String scenario)
      throws Exception {
    List<String> line =
        new ArrayList<>(
            List.of(
                RealAgent.program("conformance").toString(),
                "server",
                "--url",
                proxy.url() + "/mcp",
                "--scenario",
                scenario));
    Path output = Files.createTempFile(folder, "conformance", ".log");
    Process process =
        new ProcessBuilder(line)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    assertThat(process.waitFor(2, TimeUnit.MINUTES)).isTrue();
    String said = Files.readString(output);

    assertThat(process.exitValue()).as(said).isZero();
    assertThat(said).containsPattern("Passed: [1-9]").doesNotContain("Failed: [1-9]");
  }
}
