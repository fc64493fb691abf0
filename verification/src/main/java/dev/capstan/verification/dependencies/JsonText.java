package dev.capstan.verification.dependencies;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Untrusted JSON as a tree. */
final class JsonText {
  private static final JsonMapper MAPPER = new JsonMapper();

  private JsonText() {}

  static JsonNode read(String text) throws UnreadableManifest {
    try {
      return MAPPER.readTree(text);
    } catch (JacksonException e) {
      throw new UnreadableManifest("not valid JSON: " + e.getOriginalMessage());
    }
  }

  static String text(JsonNode node) {
    return node.isString() ? node.asString() : "";
  }
}
