package dev.capstan.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.capstan.control.Capabilities;
import dev.capstan.control.LeasedTask;
import dev.capstan.core.CommitId;
import dev.capstan.core.ContentHash;
import dev.capstan.core.ProjectId;
import dev.capstan.core.run.Baseline;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What a project is like is told as it is: files, results, and who is at work. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class WorldTest {
  private static final ProjectId SHOP = new ProjectId("shop");

  @TempDir static Path folder;
  private StartedServer server;
  private String source = "";

  @BeforeAll
  void start() throws Exception {
    server = new StartedServer(Files.createDirectory(folder.resolve("data")));
    source =
        GitSource.in(
            folder.resolve("shop").toAbsolutePath(),
            Map.of("src/A.java", "class A {}\n", "src/B.java", "class B {}\n", "c.md", "# C\n"));
    register("shop", source);
    register("empty", "https://forge.invalid/empty.git");
  }

  @AfterAll
  void stop() {
    server.close();
  }

  private void register(String id, String from) throws Exception {
    answer(
        server.post(
            "/projects", "{\"id\":\"%s\",\"source\":\"%s\",\"slots\":2}".formatted(id, from)));
  }

  private static JsonNode answer(HttpResponse<String> response) {
    assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
    return JsonMapper.shared().readTree(response.body());
  }

  private JsonNode world() throws Exception {
    return answer(server.get("/projects/shop/world"));
  }

  private JsonNode files(String parameters) throws Exception {
    return answer(server.get("/projects/shop/world/files?" + parameters)).get("items");
  }

  private void index() throws Exception {
    answer(server.post("/projects/shop/index", "{\"ref\":\"\",\"workTree\":false}"));
    await()
        .atMost(Duration.ofMinutes(2))
        .until(() -> server.get("/projects/shop/index").body().contains("\"done\""));
  }

  @Test
  void it_follows_what_happens() throws Exception {
    index();
    CommitId first = new CommitId(GitSource.head(source));
    JsonNode fresh = world();

    assertThat(fresh.get("tip").asString()).isEqualTo(first.value());
    assertThat(fresh.get("branch").asString()).isNotEmpty();
    assertThat(fresh.at("/trees/0/state").asString()).isEqualTo("current");
    assertThat(fresh.at("/trees/0/files").asInt()).isEqualTo(3);
    assertThat(fresh.get("baseline").isNull()).isTrue();
    assertThat(fresh.get("verification").isNull()).isTrue();
    assertThat(fresh.get("working")).isEmpty();
    assertThat(files("path=src/")).hasSize(2);
    assertThat(files("path=c.md").toString()).contains("\"stale\":false");

    server
        .installation()
        .workshop()
        .baselines()
        .keep(SHOP, first, new Baseline(new ContentHash("ab".repeat(32)), "r", "3 tests passed"));
    CommitId second = GitSource.commit(source, Map.of("src/A.java", "class A { int a; }\n"));
    server.installation().workshop().git().mirror(SHOP, source);
    LedRun run = LedRun.begin(server, "shop", "led", first, "g", "Change one", "Change other");
    List<LeasedTask> leased =
        server
            .installation()
            .queue()
            .claim(
                new Capabilities(Set.of("execute", "verify"), Set.of("builtin"), Set.of()),
                5,
                5,
                Duration.ofMinutes(5));
    assertThat(leased).hasSize(2);
    JsonNode moved = world();

    assertThat(moved.get("tip").asString()).isEqualTo(second.value());
    assertThat(moved.at("/trees/0/state").asString()).isEqualTo("stale");
    assertThat(moved.at("/trees/0/changed").asInt()).isEqualTo(1);
    assertThat(moved.at("/trees/0/changes/0/path").asString()).isEqualTo("src/A.java");
    assertThat(moved.at("/baseline/summary").asString()).isEqualTo("3 tests passed");
    assertThat(moved.at("/baseline/stale").asBoolean()).isTrue();
    assertThat(moved.get("working").findValuesAsString("step")).containsExactly("s0", "s1");
    assertThat(moved.at("/working/0/engine").asString()).isEqualTo("builtin");
    assertThat(moved.at("/working/0/scope/0").asString()).isEqualTo("src/s0/**");
    assertThat(files("").toString())
        .contains("\"path\":\"src/A.java\"")
        .containsOnlyOnce("\"stale\":true");

    run.executed("s0", 1, second);
    run.verified("s0", 1, second);
    JsonNode verified = world();
    assertThat(verified.at("/verification/step").asString()).isEqualTo("s0");
    assertThat(verified.at("/verification/commit").asString()).isEqualTo(second.value());
    assertThat(verified.at("/verification/gate").asString()).isEqualTo("open");
    assertThat(verified.at("/verification/checks").findValuesAsString("name")).contains("TESTS");

    String before = verified.at("/trees/0/hash").asString();
    index();
    assertThat(world().at("/trees/0/state").asString()).isEqualTo("current");
    assertThat(world().at("/trees/0/hash").asString()).isNotEqualTo(before);
    assertThat(world().at("/baseline/stale").asBoolean()).isTrue();
  }

  @Test
  void of_a_project_of_which_nothing_is_known_it_says_so() throws Exception {
    JsonNode empty = answer(server.get("/projects/empty/world"));

    assertThat(empty.get("tip").asString()).isEmpty();
    assertThat(empty.get("trees")).isEmpty();
    assertThat(empty.get("working")).isEmpty();
    assertThat(server.get("/projects/empty/world/files").statusCode()).isEqualTo(404);
    assertThat(server.get("/projects/nowhere/world").statusCode()).isEqualTo(404);
  }

  @Test
  void its_files_come_in_pages() throws Exception {
    index();
    JsonNode page = answer(server.get("/projects/shop/world/files?limit=2"));
    String next = page.get("next").asString();

    assertThat(page.get("items").findValuesAsString("path")).containsExactly("c.md", "src/A.java");
    assertThat(files("limit=2&after=" + next).findValuesAsString("path"))
        .containsExactly("src/B.java");
    assertThat(page.at("/items/0/blob").asString()).hasSize(40);
  }
}
