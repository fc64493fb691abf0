package dev.capstan.verification.dependencies;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.toml.TomlMapper;

/** Untrusted TOML as a tree. */
final class TomlText {
  private static final TomlMapper MAPPER = new TomlMapper();

  private TomlText() {}

  static JsonNode read(String text) throws UnreadableManifest {
    try {
      return MAPPER.readTree(text);
    } catch (JacksonException e) {
      throw new UnreadableManifest("not valid TOML: " + e.getOriginalMessage());
    }
  }

  /** The text of a value; "" if it is missing or holds others. */
  static String text(JsonNode node) {
    return node.isValueNode() && !node.isNull() ? node.asString() : "";
  }
}
