package dev.capstan.cli.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.capstan.testkit.model.Answer;
import dev.capstan.testkit.model.Script;
import dev.capstan.testkit.model.ScriptedModelServer;
import dev.capstan.testkit.model.Turn;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** What becomes of a step of a real coding agent when its model fails, and when it is cancelled. */
@Tag("slow")
@EnabledIf(
    value = "dev.capstan.cli.endtoend.RealAgent#areInstalled",
    disabledReason = "DID_NOT_RUN: the coding agents are not installed; ./verify installs them")
class AgentFaultsTest {
  private static final Map<String, Turn> FAULTS =
      Map.of(
          "429", Turn.fails(429, Duration.ofSeconds(1)),
          "500", Turn.fails(500),
          "a cut stream", Turn.says("I will now edit the greeting, as asked.").cutAfter(3),
          "garbage", Turn.answers(new Answer.Garbage()),
          "nothing", Turn.answers(new Answer.Empty()));
  private static final int TIME_LIMIT = 100;

  @TempDir private Path folder;

  @ParameterizedTest
  @CsvSource({
    "codex, codex-acp, openai",
    "claude-code, claude-agent-acp, anthropic",
    "qwen, qwen --acp --auth-type openai, openai"
  })
  void a_fault_of_its_model_that_passes_is_outlived(String name, String command, String model)
      throws Exception {
    RealAgent agent = RealAgent.of(name, command, model, folder);
    List<String> faults = FAULTS.keySet().stream().sorted().toList();
    Script script =
        Script.of(
            faults.stream()
                .flatMap(fault -> Stream.of(FAULTS.get(fault), edit(fault), Turn.says("Done.")))
                .toArray(Turn[]::new));
    try (ScriptedModelServer provider = ScriptedModelServer.start(script);
        ServerProcess _ = agent.server(provider)) {
      for (String fault : faults) {
        try (ServerProcess run = agent.run(2, TIME_LIMIT)) {
          assertThat(run.exit()).as("%s: %s%n%s", fault, run.output(), agent.log()).isZero();
        }
      }
    }
  }

  private static Turn edit(String fault) {
    return Turn.runs("printf 'hello after %s\\n' > src/greeting.txt".formatted(fault));
  }

  @ParameterizedTest
  @CsvSource({
    "codex, codex-acp, openai, 500",
    "codex, codex-acp, openai, garbage",
    "claude-code, claude-agent-acp, anthropic, 429",
    "claude-code, claude-agent-acp, anthropic, a cut stream"
  })
  void a_fault_that_stays_is_a_clear_failure(
      String name, String command, String model, String fault) throws Exception {
    RealAgent agent = RealAgent.of(name, command, model, folder);
    Script script = Script.of(Collections.nCopies(500, FAULTS.get(fault)).toArray(Turn[]::new));
    try (ScriptedModelServer provider = ScriptedModelServer.start(script);
        ServerProcess _ = agent.server(provider)) {
      try (ServerProcess run = agent.run(1, TIME_LIMIT)) {
        assertThat(run.exit()).as(run.output()).isNotZero();
      }
      JsonNode step = agent.newestRun().path("steps").path(0);
      assertThat(step.path("status").asString()).isEqualTo("blocked");
      assertThat(step.path("attempts").path(0).path("failure").asString())
          .as(agent.log())
          .contains(name);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "codex, codex-acp, openai",
    "claude-code, claude-agent-acp, anthropic",
    "opencode, opencode acp, openai"
  })
  void cancelling_leaves_no_process_of_it_after_two_seconds(
      String name, String command, String model) throws Exception {
    RealAgent agent = RealAgent.of(name, command, model, folder);
    String mark = Processes.newMark();
    try (ScriptedModelServer provider =
            ScriptedModelServer.start(Script.of(Turn.runs("sleep " + mark)));
        ServerProcess server = agent.server(provider)) {
      Set<Long> before = server.descendants();
      try (ServerProcess run = agent.run(1, TIME_LIMIT)) {
        await().atMost(1, TimeUnit.MINUTES).until(() -> !Processes.sleeping(mark).isEmpty());

        long asked = System.nanoTime();
        ServerProcess.post(
            folder,
            "/runs/" + agent.newestRun().path("id").asString() + "/cancel",
            "{\"step\": \"\", \"comment\": \"\"}");
        await()
            .atMost(2, TimeUnit.SECONDS)
            .pollInterval(Duration.ofMillis(20))
            .until(() -> before.containsAll(server.descendants()));

        System.out.printf(
            "%s: nothing left %d ms after it was cancelled%n",
            name, TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - asked));
        assertThat(Processes.sleeping(mark)).isEmpty();
        assertThat(run.exit()).isNotZero();
      }
    }
  }
}
