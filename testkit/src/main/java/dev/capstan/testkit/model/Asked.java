package dev.capstan.testkit.model;

import java.util.List;
import tools.jackson.databind.JsonNode;

/**
 * A request, whatever its protocol.
 *
 * @param streams true if it wants a stream
 * @param wantsJson true if the answer must be JSON of some schema
 */
record Asked(
    String model, boolean streams, boolean wantsJson, List<Tool> tools, JsonNode body, String raw) {
  Asked {
    tools = List.copyOf(tools);
  }

  List<String> toolNames() {
    return tools.stream().map(Tool::name).toList();
  }

  /** True if that text stands in any of its texts. */
  boolean holds(String text) {
    return raw.contains(text) || holds(body, text);
  }

  private static boolean holds(JsonNode node, String text) {
    if (node.isString()) {
      return node.asString().contains(text);
    }
    for (JsonNode child : node) {
      if (holds(child, text)) {
        return true;
      }
    }
    return false;
  }
}
