package dev.capstan.cli.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.capstan.api.Endpoint;
import dev.capstan.cli.session.Json;
import dev.capstan.testkit.model.Script;
import dev.capstan.testkit.model.ScriptedModelServer;
import dev.capstan.testkit.model.Seen;
import dev.capstan.testkit.model.ToolUse;
import dev.capstan.testkit.model.Turn;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A coding agent as its makers deliver it is given Capstan's tools and calls one, as a scripted
 * model wants it: over standard input and output, and over HTTP.
 */
@Tag("slow")
@EnabledIf(
    value = "dev.capstan.cli.endtoend.RealAgent#areInstalled",
    disabledReason = "DID_NOT_RUN: the coding agents are not installed; ./verify installs them")
class McpAgentsTest {
  private static final Duration LIMIT = Duration.ofMinutes(2);
  private static final Pattern SYMBOLS = Pattern.compile("\"name\":\\s*\"([\\w-]*symbols)\"");

  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"stdio", "http"})
  void an_agent_calls_a_tool_and_its_model_gets_the_answer(String transport) throws Exception {
    Path shop = Mcp.indexedShop(folder);
    try (ServerProcess server =
        ServerProcess.start(folder, Map.of("CAPSTAN_LISTEN", "127.0.0.1:0"))) {
      server.url();
      Map<String, Object> capstan = transport.equals("stdio") ? stdio() : http();
      String tool = offered(shop, capstan);
      Script script =
          Script.of(
              Turn.uses(new ToolUse.Named(tool, Map.of("name", "openDrawer"))),
              Turn.says("It is there.").expecting("src/Till.java@"));
      try (ScriptedModelServer model = ScriptedModelServer.start(script)) {
        String said = run(shop, capstan, model);
        assertThat(model.unmet()).as(said).allMatch(word -> word.contains("came after the last"));
      }
    }
  }

  private Map<String, Object> stdio() {
    List<String> line =
        ServerProcess.line(List.of("mcp", "--data", folder.resolve("data").toString()));
    return Map.of("command", line.getFirst(), "args", line.subList(1, line.size()), "trust", true);
  }

  private Map<String, Object> http() throws Exception {
    Endpoint endpoint = ServerProcess.endpoint(folder);
    return Map.of(
        "httpUrl",
        endpoint.url() + "/mcp",
        "headers",
        Map.of("Authorization", "Bearer " + endpoint.token()),
        "trust",
        true);
  }

  /** What the agent calls the tool, of which it tells its model. */
  private String offered(Path shop, Map<String, Object> capstan) throws Exception {
    try (ScriptedModelServer model = ScriptedModelServer.start(Script.of(Turn.says("Hello.")))) {
      String said = run(shop, capstan, model);
      List<String> names =
          model.seen().stream()
              .map(Seen::body)
              .flatMap(body -> SYMBOLS.matcher(body).results())
              .map((MatchResult found) -> found.group(1))
              .distinct()
              .toList();
      assertThat(names).as(said).isNotEmpty();
      return names.getFirst();
    }
  }

  private String run(Path shop, Map<String, Object> capstan, ScriptedModelServer model)
      throws Exception {
    Path home = Files.createTempDirectory(folder, "home");
    Map<String, Object> settings =
        Map.of(
            "mcpServers", Map.of("capstan", capstan),
            "security",
                Map.of(
                    "auth",
                    Map.of("selectedType", "gemini-api-key"),
                    "folderTrust",
                    Map.of("enabled", false)),
            "general", Map.of("disableAutoUpdate", true, "enableAutoUpdate", false));
    Path file = home.resolve(".gemini").resolve("settings.json");
    Files.createDirectories(file.getParent());
    Files.writeString(file, Json.MAPPER.writeValueAsString(settings));
    Path output = Files.createTempFile(folder, "gemini", ".log");
    ProcessBuilder builder =
        new ProcessBuilder(line())
            .directory(shop.toFile())
            .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
            .redirectErrorStream(true)
            .redirectOutput(output.toFile());
    builder.environment().keySet().removeIf(name -> !name.equals("PATH"));
    builder.environment().putAll(variables(home, model.url().toString()));
    Process process = builder.start();
    boolean ended = process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS);
    process.descendants().forEach(ProcessHandle::destroy);
    process.destroy();
    String said = Files.readString(output);
    assertThat(ended).as(said).isTrue();
    return said;
  }

  private static List<String> line() {
    return List.of(
        RealAgent.program("gemini").toString(),
        "-m",
        "gemini-2.5-flash",
        "-p",
        "Where is openDrawer declared?",
        "--approval-mode",
        "yolo");
  }

  private static Map<String, String> variables(Path home, String model) {
    return Map.of(
        "HOME",
        home.toString(),
        "GEMINI_API_KEY",
        "scripted",
        "GOOGLE_GEMINI_BASE_URL",
        model,
        "GEMINI_CLI_TRUST_WORKSPACE",
        "true");
  }
}
