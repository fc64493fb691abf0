package dev.capstan.models.secrecy;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/**
 * Where the events of a stream have pieces of longer texts.
 *
 * @param of the text that it is a piece of, the same in all of its events
 */
record Pieces(String of, ObjectNode holder, String field) {
  private static final Set<String> JSON_WITHIN = Set.of("arguments", "partial_json");

  /** True if the field's text is itself JSON. */
  static boolean holdsJson(String field) {
    return JSON_WITHIN.contains(field);
  }

  boolean withinJson(JsonNode event) {
    return holdsJson(field) || event.path("type").asString("").contains("arguments.delta");
  }

  String text() {
    return holder.path(field).asString("");
  }

  /** Those of an event, whatever its protocol. */
  static List<Pieces> in(JsonNode event) {
    List<Pieces> pieces = new ArrayList<>();
    if (event instanceof ObjectNode whole) {
      String at = event.path("output_index").asString("0") + event.path("index").asString("");
      add(pieces, event.path("type").asString("") + at, whole, "delta");
      addAll(pieces, "block" + at, event.path("delta"), "text", "partial_json", "thinking");
    }
    for (JsonNode choice : event.path("choices")) {
      String of = "choice" + choice.path("index").asString("0");
      addAll(pieces, of, choice.path("delta"), "content", "reasoning_content");
      for (JsonNode call : choice.path("delta").path("tool_calls")) {
        addAll(
            pieces,
            of + "call" + call.path("index").asString("0"),
            call.path("function"),
            "arguments");
      }
    }
    for (JsonNode part : event.path("candidates").path(0).path("content").path("parts")) {
      addAll(pieces, "part", part, "text");
    }
    return pieces;
  }

  private static void addAll(List<Pieces> pieces, String of, JsonNode holder, String... fields) {
    if (holder instanceof ObjectNode map) {
      for (String field : fields) {
        add(pieces, of + field, map, field);
      }
    }
  }

  private static void add(List<Pieces> pieces, String of, ObjectNode holder, String field) {
    if (holder.get(field) instanceof StringNode) {
      pieces.add(new Pieces(of, holder, field));
    }
  }
}
