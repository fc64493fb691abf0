package dev.capstan.control.codec;

import java.util.Map;
import java.util.function.Consumer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Shapes of events that nobody writes any more, and what each of them is today. */
final class OlderEvents {
  /**
   * A shape that has a successor.
   *
   * @param name of the successor
   */
  record Shape(String name, Consumer<JsonNode> change) {
    String today(String json) {
      JsonNode tree = Json.MAPPER.readTree(json);
      change.accept(tree);
      return Json.MAPPER.writeValueAsString(tree);
    }
  }

  static final Map<String, Shape> SHAPES =
      Map.of("run-completed.v1", new Shape("run-completed.v2", OlderEvents::onePullRequest));

  private OlderEvents() {}

  /** A run was delivered as one pull request, whose branch was not recorded. */
  private static void onePullRequest(JsonNode event) {
    if (event.get("outcome") instanceof ObjectNode outcome
        && outcome.remove("pullRequest") instanceof ObjectNode one) {
      one.put("branch", "");
      outcome.putArray("pullRequests").add(one);
    }
  }
}
