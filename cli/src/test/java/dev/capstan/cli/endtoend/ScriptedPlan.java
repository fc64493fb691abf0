package dev.capstan.cli.endtoend;

import java.util.List;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/** What a scripted model proposes when it is asked for a plan. */
final class ScriptedPlan {
  private ScriptedPlan() {}

  /** One step, {@code greet}, of 100,000 tokens and two minutes. */
  static String of(String engine, String scope, String reason) {
    Map<String, Object> step =
        Map.ofEntries(
            Map.entry("id", "greet"),
            Map.entry("kind", "feat"),
            Map.entry("title", "greet the world"),
            Map.entry("reason", reason),
            Map.entry("scope", List.of(scope)),
            Map.entry("after", List.of()),
            Map.entry("engine", engine),
            Map.entry("role", "coder"),
            Map.entry("confidence", 80),
            Map.entry("tokens", 100_000),
            Map.entry("minutes", 2));
    return JsonMapper.shared().writeValueAsString(Map.of("question", "", "steps", List.of(step)));
  }
}
