package dev.capstan.cli.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.capstan.testkit.model.Script;
import dev.capstan.testkit.model.ScriptedModelServer;
import dev.capstan.testkit.model.ToolUse;
import dev.capstan.testkit.model.Turn;
import dev.capstan.testkit.model.Usage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** The built-in agent does a step of a real run: no agent is installed, the model is scripted. */
class BuiltInAgentTest {
  private static final Usage USAGE = new Usage(1000, 200, 50, 0);
  private static final String MODELS =
      """
      models:
        openai: {provider: o}
        anthropic: {provider: a}
      """;

  @TempDir private Path folder;

  private static Turn uses(String tool, Map<String, Object> arguments) {
    return Turn.uses(new ToolUse.Named(tool, arguments)).costing(USAGE);
  }

  private static Turn finish() {
    return uses("finish", Map.of("done", "yes", "summary", "The greeting is longer now."));
  }

  private Path plan(String model) throws IOException {
    return Files.writeString(
        folder.resolve("plan.yaml"),
        """
        goal: Greet the world
        steps:
          - id: greet
            title: greet the world
            agent: builtin
            model: %s
            scope: [src/greeting.txt]
            attempts: 1
        """
            .formatted(model));
  }

  private Repository shop() throws IOException {
    Repository shop = Repository.shop(Files.createDirectories(folder.resolve("shop")));
    shop.write("src/prices.txt", "# NO_LLM\nthe-price-is-4711\n");
    shop.commit("feat: keep prices");
    return shop;
  }

  private ServerProcess capstan(String... words) throws Exception {
    List<String> arguments = new ArrayList<>(List.of(words));
    arguments.addAll(1, List.of("--data", folder.resolve("data").toString()));
    return ServerProcess.command(folder, Map.of(), arguments);
  }

  private ServerProcess run(String model) throws Exception {
    return capstan("run", "--repo", shop().path().toString(), "--plan", plan(model).toString());
  }

  private ServerProcess server(ScriptedModelServer provider) throws Exception {
    ServerProcess server =
        ServerProcess.start(folder, ScriptedProviders.variables(folder, provider, MODELS));
    server.url();
    return server;
  }

  private String id() throws Exception {
    return ServerProcess.api(folder, "/runs").path("items").path(0).path("id").asString();
  }

  private List<JsonNode> calls() throws Exception {
    List<JsonNode> calls = new ArrayList<>();
    ServerProcess.api(folder, "/runs/" + id() + "/model-calls").path("items").forEach(calls::add);
    return calls;
  }

  @Test
  void it_begins_with_what_the_index_has_for_its_step_and_that_is_kept() throws Exception {
    Repository shop = shop();
    shop.write("src/Till.java", "class Till {\n  void greetTheWorld() {}\n}\n");
    shop.commit("feat: a till that greets");
    Script script =
        Script.of(
            Turn.writes("src/greeting.txt", "hello, world\n")
                .costing(USAGE)
                .expecting("void greetTheWorld()"),
            finish());
    try (ScriptedModelServer provider = ScriptedModelServer.start(script);
        ServerProcess _ = server(provider)) {
      try (ServerProcess index = capstan("index", shop.path().toString())) {
        assertThat(index.exit()).as(index.output()).isZero();
      }
      try (ServerProcess run =
          capstan("run", "--repo", shop.path().toString(), "--plan", plan("openai").toString())) {
        assertThat(run.exit()).as(run.output()).isZero();
      }
      assertThat(provider.unmet()).isEmpty();
      try (ServerProcess log = capstan("logs", id())) {
        assertThat(log.exit()).isZero();
        assertThat(log.output()).contains("context pack: ").doesNotContain("4711");
      }
      assertThat(ServerProcess.api(folder, "/runs/" + id() + "/artifacts").toString())
          .contains("context.md");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"openai", "anthropic"})
  void it_edits_has_the_tests_run_in_the_sandbox_and_mends_what_they_show(String model)
      throws Exception {
    Script script =
        Script.of(
            uses("search", Map.of("words", "hello")).expecting("greet the world"),
            uses("read_file", Map.of("path", "src/prices.txt"))
                .expecting("src/greeting.txt:1: hello"),
            Turn.writes("src/greeting.txt", "good day\n")
                .costing(USAGE)
                .expecting("NO_LLM in its first"),
            uses("run_tests", Map.of()).expecting("written"),
            Turn.writes("src/greeting.txt", "hello, world\n").costing(USAGE).expecting("1 failed"),
            uses("run_tests", Map.of()),
            finish().expecting("2 passed"));
    try (ScriptedModelServer provider = ScriptedModelServer.start(script);
        ServerProcess server = server(provider)) {
      try (ServerProcess run = run(model)) {
        assertThat(run.exit())
            .as("%s%n%s%n%s", run.output(), server.output(), provider.unmet())
            .isZero();
      }
      assertThat(provider.unmet()).isEmpty();
      assertThat(provider.seen()).noneMatch(seen -> seen.toString().contains("4711"));
      List<JsonNode> answered =
          calls().stream()
              .filter(call -> call.path("outcome").asString().equals("answered"))
              .toList();
      assertThat(answered).hasSize(7);
      assertThat(answered)
          .allMatch(call ->
              call.path("prompt").asString().matches("coder \\d+[.]\\d+[.]\\d+ [0-9a-f]{64}"));
      assertThat(answered.stream().mapToLong(call -> call.path("output").asLong()).sum())
          .isEqualTo(provider.served().output());
    }
  }

  @Test
  void it_asks_a_person_and_goes_on_with_the_answer() throws Exception {
    Script script =
        Script.of(
            uses("ask", Map.of("question", "Whom shall I greet?")),
            Turn.writes("src/greeting.txt", "hello, moon\n").expecting("the moon, please"),
            finish());
    try (ScriptedModelServer provider = ScriptedModelServer.start(script);
        ServerProcess _ = server(provider)) {
      try (ServerProcess run = run("openai")) {
        assertThat(run.exit()).as(run.output()).isEqualTo(3);
        assertThat(run.output()).contains("Whom shall I greet?");
      }
      try (ServerProcess answer = capstan("answer", id(), "greet", "the moon, please")) {
        assertThat(answer.exit()).as(answer.output()).isZero();
      }
      await().atMost(90, TimeUnit.SECONDS).until(this::state, "completed"::equals);
      assertThat(provider.unmet()).isEmpty();
    }
  }

  private String state() throws Exception {
    return ServerProcess.api(folder, "/runs/" + id()).path("status").asString();
  }

  @Test
  void what_a_person_tells_while_it_works_reaches_it() throws Exception {
    Turn slow =
        uses("search", Map.of("words", "hello")).paced(Duration.ofSeconds(20), Duration.ZERO);
    Script script =
        Script.of(
            slow,
            Turn.writes("src/greeting.txt", "hello, mars\n").expecting("Greet Mars."),
            finish());
    try (ScriptedModelServer provider = ScriptedModelServer.start(script);
        ServerProcess _ = server(provider);
        ServerProcess run = run("openai")) {
      await().atMost(90, TimeUnit.SECONDS).until(() -> !provider.seen().isEmpty());
      try (ServerProcess tell = capstan("instruct", id(), "greet", "Greet Mars.")) {
        assertThat(tell.exit()).as(tell.output()).isZero();
      }
      assertThat(run.exit()).as(run.output()).isZero();
      assertThat(provider.unmet()).isEmpty();
    }
  }
}
