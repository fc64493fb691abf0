package dev.capstan.cli.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.capstan.testkit.model.Script;
import dev.capstan.testkit.model.ScriptedModelServer;
import dev.capstan.testkit.model.Turn;
import dev.capstan.testkit.model.Usage;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/**
 * Coding agents as their makers deliver them do a step: in the sandbox, with a scripted model
 * behind the gateway.
 */
@Tag("slow")
@EnabledIf(
    value = "dev.capstan.cli.endtoend.RealAgent#areInstalled",
    disabledReason = "DID_NOT_RUN: the coding agents are not installed; ./verify installs them")
class AgentsTest {
  private static final Usage USAGE = new Usage(1000, 200, 50, 0);

  @TempDir private Path folder;

  @ParameterizedTest
  @CsvSource({
    "codex, codex-acp, openai",
    "claude-code, claude-agent-acp, anthropic",
    "gemini, gemini --acp -m {model}, google",
    "opencode, opencode acp, openai",
    "qwen, qwen --acp --auth-type openai, openai"
  })
  void an_agent_edits_and_its_tokens_are_those_that_were_served(
      String name, String command, String model) throws Exception {
    RealAgent agent = RealAgent.of(name, command, model, folder);
    Script script =
        Script.of(
            Turn.runs("printf 'hello, world\\n' > src/greeting.txt").costing(USAGE),
            Turn.says("The greeting is there.").costing(USAGE));
    try (ScriptedModelServer provider = ScriptedModelServer.start(script);
        ServerProcess _ = agent.server(provider)) {
      try (ServerProcess run = agent.run(1, 180)) {
        assertThat(run.exit()).as("%s%n%s", run.output(), agent.log()).isZero();
      }
      // Some agents ask once more when they are done, for what a person might want next.
      assertThat(provider.unmet()).allMatch(word -> word.contains("came after the last turn"));
      recordedAsServed(agent, provider.served());
    }
  }

  private static void recordedAsServed(RealAgent agent, Usage served) throws Exception {
    List<JsonNode> calls = new ArrayList<>();
    agent
        .get("/runs/" + agent.newestRun().path("id").asString() + "/model-calls")
        .path("items")
        .forEach(calls::add);
    assertThat(calls).hasSizeGreaterThanOrEqualTo(2);
    assertThat(calls.stream().mapToLong(call -> call.path("input").asLong()).sum())
        .isEqualTo(served.input());
    assertThat(calls.stream().mapToLong(call -> call.path("output").asLong()).sum())
        .isEqualTo(served.output());
  }
}
