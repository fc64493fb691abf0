package dev.capstan.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.capstan.api.CreateRun;
import dev.capstan.api.Problem;
import dev.capstan.api.RunView;
import dev.capstan.api.RunView.StepView;
import dev.capstan.control.records.ActivityLog.Line;
import dev.capstan.core.RunId;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Lists are read page by page, and what is in them are resources of their own. */
class ListsTest {
  private static final int RUNS = 7;
  @TempDir static Path folder;
  private static StartedServer server;

  @BeforeAll
  static void make_runs_of_two_projects() throws Exception {
    server = new StartedServer(folder);
    for (int i = 1; i <= RUNS; i++) {
      String goal = i % 2 == 0 ? "Tidy 100% of it" : "Upgrade";
      Requests.created(server, Requests.run("run-" + i, i < 4 ? "/src/a" : "/src/b", goal));
    }
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void pages_of_runs_hold_each_run_once_newest_first() throws Exception {
    List<String> expected =
        IntStream.rangeClosed(1, RUNS).mapToObj(i -> "run-" + (RUNS + 1 - i)).toList();
    for (int limit : List.of(1, 2, 3, RUNS, 100)) {
      assertThat(ids("/runs?limit=" + limit)).isEqualTo(expected);
    }
  }

  @Test
  void a_run_that_is_created_meanwhile_neither_repeats_nor_hides_another(@TempDir Path other)
      throws Exception {
    try (StartedServer own = new StartedServer(other)) {
      for (String id : List.of("a", "b", "c", "d")) {
        Requests.created(own, Requests.run(id, "/src/a", "g"));
      }
      JsonNode first = JsonMapper.shared().readTree(own.get("/runs?limit=2").body());
      Requests.created(own, Requests.run("e", "/src/a", "g"));
      String rest = own.get("/runs?limit=2&after=" + first.get("next").asString()).body();
      assertThat(JsonMapper.shared().readTree(rest).get("items").findValuesAsString("id"))
          .containsExactly("b", "a");
    }
  }

  @Test
  void runs_are_chosen_by_project_status_goal_and_time() throws Exception {
    String project = Requests.json(server.get("/runs/run-1").body(), RunView.class).project();
    assertThat(ids("/runs?limit=2&project=" + project)).containsExactly("run-3", "run-2", "run-1");
    assertThat(ids("/runs?goal=tidy%20100%25")).containsExactly("run-6", "run-4", "run-2");
    assertThat(ids("/runs?status=pending")).contains("run-1", "run-7");
    assertThat(ids("/runs?status=completed")).isEmpty();
    Instant since = Requests.json(server.get("/runs/run-5").body(), RunView.class).createdAt();
    assertThat(ids("/runs?since=" + since)).containsExactly("run-7", "run-6", "run-5");
    assertThat(ids("/runs?since=" + since + "&goal=tidy")).containsExactly("run-6");
  }

  @Test
  void what_no_list_can_follow_is_invalid() throws Exception {
    for (String query :
        List.of(
            "/runs?after=x",
            "/runs?after=%00",
            "/runs?after=bnVsbA",
            "/runs?after=WzFd",
            "/runs?limit=0",
            "/runs?limit=1001",
            "/runs?status=asleep",
            "/runs?since=yesterday",
            "/runs/run-1/events?after=x",
            "/projects?after=eyJ9",
            "/campaigns?after=WyJ4IiwieSJd")) {
      HttpResponse<String> answer = server.get(query);
      assertThat(answer.statusCode()).as(query + answer.body()).isEqualTo(400);
      assertThat(Requests.json(answer.body(), Problem.class).detail())
          .as(query)
          .containsAnyOf("after", "limit", "status", "since");
    }
  }

  @Test
  void projects_artifacts_events_and_activity_come_in_pages_too() throws Exception {
    assertThat(ids("/projects?limit=1")).hasSize(2).isSorted();
    var activity = server.installation().workshop().activity();
    for (int i = 0; i < 5; i++) {
      activity.append(
          List.of(new Line(new RunId("run-1"), "one", 1, "out", "line " + i, Instant.EPOCH)));
    }
    assertThat(all("/runs/run-1/activity?limit=2", "text"))
        .containsExactly("line 0", "line 1", "line 2", "line 3", "line 4");
    server.post("/runs/run-2/start", "{\"step\":\"\",\"comment\":\"\"}");
    assertThat(all("/runs/run-2/events?limit=1", "type"))
        .containsExactlyElementsOf(all("/runs/run-2/events", "type"))
        .hasSizeGreaterThan(1);
    server.post("/runs/run-2/cancel", "{\"step\":\"\",\"comment\":\"\"}");
  }

  @Test
  void the_plan_of_a_run_is_what_was_asked_for() throws Exception {
    CreateRun.PlanDocument plan =
        Requests.json(server.get("/runs/run-1/plan").body(), CreateRun.PlanDocument.class);
    assertThat(plan).isEqualTo(Requests.run("run-1", "/src/a", "Upgrade").plan());
  }

  @Test
  void a_step_is_a_resource_of_its_own_and_a_missing_one_is_not_found() throws Exception {
    StepView step = Requests.json(server.get("/runs/run-1/steps/one").body(), StepView.class);
    assertThat(step.title()).isEqualTo("Do one");
    assertThat(read("/runs/run-1/steps").get("items")).hasSize(1);
    for (String path :
        List.of("/runs/run-1/steps/two", "/runs/run-1/steps/one/attempts/1", "/runs/x/plan")) {
      assertThat(server.get(path).statusCode()).as(path).isEqualTo(404);
    }
  }

  private static List<String> ids(String path) throws Exception {
    return all(path, "id");
  }

  private static List<String> all(String path, String field) throws Exception {
    List<String> found = new ArrayList<>();
    String next = "";
    do {
      String after =
          next.isEmpty() ? "" : "after=" + URLEncoder.encode(next, StandardCharsets.UTF_8);
      JsonNode page = read(path + (path.contains("?") ? "&" : "?") + after);
      page.get("items").forEach(item -> found.add(item.get(field).asString()));
      next = page.get("next").asString();
    } while (!next.isEmpty());
    return found;
  }

  private static JsonNode read(String path) throws Exception {
    HttpResponse<String> answer = server.get(path);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return JsonMapper.shared().readTree(answer.body());
  }
}
