package dev.capstan.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.capstan.control.records.Memories.Asker;
import dev.capstan.core.CommitId;
import dev.capstan.core.ProjectId;
import dev.capstan.core.RunId;
import dev.capstan.core.run.Failure;
import dev.capstan.testkit.model.Script;
import dev.capstan.testkit.model.ScriptedModelServer;
import dev.capstan.testkit.model.Turn;
import dev.capstan.worker.KnownPast;
import dev.capstan.worker.KnownPast.Told;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What is remembered of finished steps: told from the log and the commits, recalled by the model
 * that comes with Capstan, and counted.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MemoryTest {
  private static final ProjectId SHOP = new ProjectId("shop");
  private static final String HIDDEN = "int theForbiddenNumber = 4711;";
  private static final String TOKEN = "ghp_" + "a1B2c3D4e5F6g7H8i9J0".repeat(2).substring(0, 36);
  private static final String PLAN =
      """
      {"question": "", "steps": [{"id": "undo", "kind": "feat", "title": "undo the last sale", "reason": "wanted",
       "scope": ["src/Till.java"], "after": [], "engine": "builtin", "role": "coder", "confidence": 80,
       "tokens": 1000, "minutes": 2}]}\
      """;

  @TempDir static Path folder;
  private ScriptedModelServer provider;
  private StartedServer server;
  private String source = "";

  @BeforeAll
  void start() throws Exception {
    provider = ScriptedModelServer.start(Script.of(Turn.says(PLAN)));
    Path models =
        Files.writeString(
            folder.resolve("models.yaml"),
            """
            providers: {o: {kind: openai-compatible, baseUrl: "%s/v1"}}
            models: {small: {provider: o}}
            """
                .formatted(provider.url()));
    server =
        new StartedServer(
            Files.createDirectory(folder.resolve("data")),
            Map.of("CAPSTAN_MODELS", models.toString()));
    source =
        GitSource.in(
            folder.resolve("shop").toAbsolutePath(),
            Map.of(
                "src/Till.java",
                "class Till {\n  void openDrawer() {}\n}\n",
                "src/Hidden.java",
                "// NO_LLM\nclass Hidden {\n  " + HIDDEN + "\n}\n"));
    CommitId base = new CommitId(GitSource.head(source));
    CommitId change =
        GitSource.commit(
            source,
            Map.of(
                "src/Till.java", "class Till {\n  void openDrawerQuietly() {}\n}\n",
                "src/Hidden.java", "// NO_LLM\nclass Hidden {\n  int other = 1;\n}\n"));
    for (String project : List.of("shop", "other")) {
      answer(
          server.post(
              "/projects",
              "{\"id\":\"%s\",\"source\":\"%s\",\"slots\":1}".formatted(project, source)));
    }
    server.installation().workshop().git().mirror(SHOP, source);
    LedRun first =
        LedRun.begin(
            server,
            "shop",
            "first",
            base,
            "The till shall be quiet",
            "Make the drawer of the till open without a noise",
            "Upgrade JUnit from 4 to 5");
    first.failed(
        "s0",
        1,
        Failure.recoverable(
            "it does not compile:\n  " + HIDDEN + "\nthe log has the key " + TOKEN));
    first.executed("s0", 2, change);
    first.verified("s0", 2, change);
    first.failed("s1", 1, Failure.terminal("there is no JUnit here"));
    assertThat(server.installation().memoryKeeper().keepUp()).isEqualTo(2);
  }

  @AfterAll
  void stop() {
    server.close();
    provider.close();
  }

  private static JsonNode answer(HttpResponse<String> response) {
    assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
    return JsonMapper.shared().readTree(response.body());
  }

  private JsonNode get(String path) throws Exception {
    return answer(server.get("/projects/shop/memories" + path));
  }

  private JsonNode titled(String title) throws Exception {
    for (JsonNode memory : get("").get("items")) {
      if (memory.at("/situation/title").asString().startsWith(title)) {
        return memory;
      }
    }
    throw new AssertionError("nothing is remembered of " + title);
  }

  private KnownPast past() {
    return server.installation().workshop().past();
  }

  @Test
  void a_finished_step_is_remembered_with_what_was_done_and_what_came_of_it() throws Exception {
    JsonNode quiet = titled("Make the drawer");

    assertThat(quiet.at("/situation/goal").asString()).isEqualTo("The till shall be quiet");
    assertThat(quiet.at("/situation/scope/0").asString()).isEqualTo("src/s0/**");
    assertThat(quiet.at("/action/engine").asString()).isEqualTo("builtin");
    assertThat(quiet.at("/action/work").asString()).isEqualTo("model=small");
    assertThat(quiet.at("/action/changedFiles").asInt()).isEqualTo(2);
    assertThat(quiet.at("/outcome/verdict").asString()).isEqualTo("completed");
    assertThat(quiet.at("/outcome/attempts").asInt()).isEqualTo(2);
    assertThat(quiet.at("/outcome/evidence").toString()).contains("TESTS PASS: measured");
    assertThat(titled("Upgrade").at("/outcome/verdict").asString()).isEqualTo("given up");
    assertThat(titled("Upgrade").at("/outcome/failures/0").asString())
        .isEqualTo("there is no JUnit here");
    assertThat(get("/" + quiet.get("id").asString())).isEqualTo(quiet);
  }

  @Test
  void nothing_of_files_that_are_kept_from_models_and_no_secret_is_remembered() throws Exception {
    JsonNode quiet = titled("Make the drawer");

    assertThat(quiet.at("/outcome/failures/0").asString())
        .contains("it does not compile:", "[withheld:", "the log has the key [secret]");
    assertThat(quiet.at("/action/files").toString()).isEqualTo("[\"src/Till.java\"]");
    assertThat(get("").toString()).doesNotContain("theForbiddenNumber", TOKEN, "Hidden");
  }

  @Test
  void to_read_the_log_again_changes_nothing_and_what_was_forgotten_stays_so() throws Exception {
    LedRun run =
        LedRun.begin(
            server, "other", "forgettable", new CommitId("0".repeat(40)), "g", "Draw a chart");
    run.failed("s0", 1, Failure.terminal("no paper"));
    assertThat(server.installation().memoryKeeper().keepUp()).isEqualTo(1);
    assertThat(server.installation().memoryKeeper().keepUp()).isZero();
    JsonNode before = get("");
    JsonNode other = answer(server.get("/projects/other/memories")).at("/items/0");
    String path = "/projects/other/memories/" + other.get("id").asString();

    assertThat(other.at("/outcome/failures")).isEmpty();
    assertThat(answer(server.send(server.request(path).DELETE())).get("run").asString())
        .isEqualTo("forgettable");
    server
        .transactions()
        .inTransaction(connection -> {
          try (var statement = connection.createStatement()) {
            return statement.executeUpdate("update memory_progress set position = 0");
          }
        });
    assertThat(server.installation().memoryKeeper().keepUp()).isGreaterThanOrEqualTo(3);

    assertThat(get("")).isEqualTo(before);
    assertThat(answer(server.get("/projects/other/memories")).get("items")).isEmpty();
    assertThat(server.get(path).statusCode()).isEqualTo(404);
    assertThat(server.send(server.request(path).DELETE()).statusCode()).isEqualTo(404);
  }

  @Test
  void steps_like_one_in_other_words_are_found_and_others_are_not() throws Exception {
    JsonNode found = get("/search?q=The%20cash%20register%20should%20open%20silently").get("hits");

    assertThat(found.toString()).contains("Make the drawer").doesNotContain("JUnit");
    assertThat(get("/search?q=Translate%20everything%20to%20French").get("hits")).isEmpty();
    assertThat(server.get("/projects/shop/memories/search?q=").statusCode()).isEqualTo(400);
    assertThat(server.get("/projects/shop/memories/none").statusCode()).isEqualTo(404);
    assertThat(server.get("/projects/nowhere/memories").statusCode()).isEqualTo(404);
  }

  @Test
  void an_attempt_is_told_within_its_budget_and_it_is_counted_whether_it_passed() throws Exception {
    CommitId base = new CommitId(GitSource.head(source));
    LedRun later =
        LedRun.begin(server, "shop", "later", base, "Silence", "Open the till's drawer silently");
    Asker asker = new Asker(SHOP, new RunId("later"), "s0", 1);
    String situation = "Open the till's drawer silently it is wanted Silence";

    assertThat(past().recall(asker, situation, 5, _ -> true)).isEqualTo(new Told("", 0));
    Told told = past().recall(asker, situation, 500, path -> !path.equals("src/Till.java"));

    assertThat(told.memories()).isEqualTo(1);
    assertThat(told.text())
        .contains("Make the drawer", "completed by builtin after 2 attempts", "it does not compile")
        .doesNotContain("Till.java");
    later.executed("s0", 1, base);
    later.verified("s0", 1, base);
    server.installation().memoryKeeper().keepUp();
    JsonNode reuse = get("/reuse");
    assertThat(reuse.get("attempts").asInt()).isEqualTo(1);
    assertThat(reuse.get("attemptsOffered").asInt()).isEqualTo(1);
    assertThat(reuse.get("passedWith").asInt()).isEqualTo(1);
    assertThat(titled("Make the drawer").get("passed").asInt()).isEqualTo(1);
  }

  @Test
  void a_model_that_plans_is_told_between_marks() throws Exception {
    String request =
        """
        {"project": "shop", "source": "", "base": "", "goal": "Let the till open its drawer without any noise",
         "tasks": "", "by": null, "planner": "small", "issue": ""}\
        """;

    JsonNode planned = answer(server.post("/plans", request));

    assertThat(planned.at("/plan/steps/0/id").asString()).isEqualTo("undo");
    String asked = provider.seen().getFirst().body();
    assertThat(asked)
        .contains("what finished steps like it came to", "Make the drawer of the till")
        .doesNotContain("theForbiddenNumber", "Hidden");
    assertThat(get("/reuse").get("planningsOffered").asInt()).isEqualTo(1);
  }
}
