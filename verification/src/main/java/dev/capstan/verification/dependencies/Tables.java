package dev.capstan.verification.dependencies;

import java.util.List;
import tools.jackson.databind.JsonNode;

/** How Poetry and Cargo write a dependency: a version, or a table that may name a place. */
final class Tables {
  private Tables() {}

  static String version(JsonNode value) {
    for (String place : List.of("git", "url")) {
      if (value.has(place)) {
        return place + "+" + TomlText.text(value.path(place));
      }
    }
    if (value.has("path")) {
      return Risk.FILE + TomlText.text(value.path("path"));
    }
    return value.isObject() ? TomlText.text(value.path("version")) : TomlText.text(value);
  }
}
