package dev.capstan.cli.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.capstan.cli.session.Json;
import dev.capstan.testkit.model.Script;
import dev.capstan.testkit.model.ScriptedModelServer;
import dev.capstan.testkit.model.Turn;
import dev.capstan.testkit.model.Usage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/**
 * Coding agents as their makers deliver them do a step: in the sandbox, with a scripted model
 * behind the gateway. They lie where {@code CAPSTAN_TEST_AGENTS} says.
 */
@Tag("slow")
@EnabledIf(
    value = "areInstalled",
    disabledReason = "DID_NOT_RUN: the coding agents are not installed; ./verify installs them")
class AgentsTest {
  private static final Usage USAGE = new Usage(1000, 200, 50, 0);

  @TempDir private Path folder;

  private static Path agents() {
    return Path.of(System.getenv().getOrDefault("CAPSTAN_TEST_AGENTS", "/nowhere"));
  }

  static boolean areInstalled() {
    return Files.exists(agents().resolve("installed"));
  }

  @ParameterizedTest
  @CsvSource({
    "codex, codex-acp, openai",
    "claude-code, claude-agent-acp, anthropic",
    "gemini, gemini --acp -m {model}, google",
    "opencode, opencode acp, openai",
    "qwen, qwen --acp --auth-type openai, openai"
  })
  void an_agent_edits_and_its_tokens_are_those_that_were_served(
      String agent, String command, String model) throws Exception {
    Path agents = agents();
    Path program = agents.resolve("node_modules/.bin").resolve(command.split(" ", 2)[0]);
    Script script =
        Script.of(
            Turn.runs("printf 'hello, world\\n' > src/greeting.txt").costing(USAGE),
            Turn.says("The greeting is there.").costing(USAGE));
    try (ScriptedModelServer provider = ScriptedModelServer.start(script)) {
      describe(agent, program, command, model, agents);
      Map<String, String> variables = variables(provider);
      try (ServerProcess server = ServerProcess.start(folder, variables)) {
        server.url();
        try (ServerProcess run = run(agent)) {
          assertThat(run.exit()).as("%s%n%s", run.output(), log()).isZero();
        }
        // Some agents ask once more when they are done, for what a person might want next.
        assertThat(provider.unmet()).allMatch(word -> word.contains("came after the last turn"));
        recordedAsServed(provider.served());
      }
    }
  }

  private void describe(String agent, Path program, String command, String model, Path agents)
      throws Exception {
    List<String> words = new ArrayList<>(List.of(command.split(" ")));
    words.set(0, program.toString());
    String data = folder.resolve("data").toString();
    try (ServerProcess first =
        ServerProcess.command(folder, Map.of(), List.of("status", "--data", data))) {
      assertThat(first.exit()).as(first.output()).isZero();
    }
    Files.writeString(
        folder.resolve("data/agents.yaml"),
        "%s: {command: %s, model: %s, folders: [\"%s\"]}"
            .formatted(agent, Json.MAPPER.writeValueAsString(words), model, agents));
  }

  private Map<String, String> variables(ScriptedModelServer provider) throws IOException {
    return ScriptedProviders.variables(
        folder,
        provider,
        """
        models:
          anthropic: {provider: a, aliases: ["claude-*"]}
          openai: {provider: o, aliases: ["gpt-*"]}
          google: {provider: g, aliases: ["gemini-*"]}
        """);
  }

  private ServerProcess run(String agent) throws Exception {
    Repository shop = Repository.shop(Files.createDirectories(folder.resolve("shop")));
    Path plan = folder.resolve("plan.yaml");
    Files.writeString(
        plan,
        """
        goal: Greet the world
        steps:
          - {id: greet, title: greet the world, agent: %s, timeLimit: 180, attempts: 1}
        """
            .formatted(agent));
    return ServerProcess.command(
        folder,
        Map.of(),
        List.of(
            "run",
            "--data",
            folder.resolve("data").toString(),
            "--repo",
            shop.path().toString(),
            "--plan",
            plan.toString()));
  }

  private String log() throws Exception {
    String id = get("/runs").path("items").path(0).path("id").asString();
    try (ServerProcess logs =
        ServerProcess.command(
            folder, Map.of(), List.of("logs", "--data", folder.resolve("data").toString(), id))) {
      var _ = logs.exit();
      return logs.output();
    }
  }

  private void recordedAsServed(Usage served) throws Exception {
    String id = get("/runs").path("items").path(0).path("id").asString();
    List<JsonNode> calls = new ArrayList<>();
    get("/runs/" + id + "/model-calls").path("items").forEach(calls::add);
    assertThat(calls).hasSizeGreaterThanOrEqualTo(2);
    assertThat(calls.stream().mapToLong(call -> call.path("input").asLong()).sum())
        .isEqualTo(served.input());
    assertThat(calls.stream().mapToLong(call -> call.path("output").asLong()).sum())
        .isEqualTo(served.output());
  }

  private JsonNode get(String path) throws Exception {
    return ServerProcess.api(folder, path);
  }
}
