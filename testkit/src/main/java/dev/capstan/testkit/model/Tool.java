package dev.capstan.testkit.model;

import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * A tool that a request offers.
 *
 * @param schema of its arguments, as JSON Schema
 */
record Tool(String name, JsonNode schema) {
  /** The first of these names that it has an argument of. */
  Optional<String> argument(List<String> names) {
    JsonNode properties = schema.path("properties");
    return names.stream().filter(properties::has).findFirst();
  }

  boolean takesList(String argument) {
    return schema.path("properties").path(argument).path("type").asString("").equals("array");
  }

  boolean requires(String argument) {
    for (JsonNode required : schema.path("required")) {
      if (required.asString().equals(argument)) {
        return true;
      }
    }
    return false;
  }
}
