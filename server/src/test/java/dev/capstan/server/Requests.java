package dev.capstan.server;

import dev.capstan.api.CreateRun;
import dev.capstan.api.CreateRun.EngineDocument;
import dev.capstan.api.CreateRun.PlanDocument;
import dev.capstan.api.CreateRun.StepDocument;
import dev.capstan.api.RunView;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/** What the tests of this module send. No worker is at work, so nothing becomes of it. */
public final class Requests {
  private Requests() {}

  public static CreateRun run(String id, String source, String goal) {
    return new CreateRun(
        id, source, "", goal, "", new PlanDocument(List.of(step("one"))), false, 0, false);
  }

  static StepDocument step(String id) {
    return new StepDocument(
        id,
        "refactor",
        "Do " + id,
        "",
        List.of(EngineDocument.command(List.of("true"))),
        List.of(),
        0,
        List.of("src/" + id + "/**"),
        List.of(),
        Map.of(),
        List.of(),
        60,
        0,
        0,
        3,
        1,
        false,
        true,
        true);
  }

  /** Creates a run that was not there. */
  public static RunView created(StartedServer server, CreateRun request) throws Exception {
    return json(server.post("/runs", text(request)).body(), RunView.class);
  }

  static String text(Object body) {
    return JsonMapper.shared().writeValueAsString(body);
  }

  static <T> T json(String body, Class<T> type) {
    return JsonMapper.shared().readValue(body, type);
  }
}
