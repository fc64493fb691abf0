package dev.capstan.models;

import dev.capstan.core.Sha256;
import dev.capstan.models.wire.Wire;
import java.util.Set;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Names a prompt by its content. */
final class Prompt {
  /** Differ from one process of an agent to the next and do not reach the model. */
  private static final Set<String> NOT_READ =
      Set.of("metadata", "user", "prompt_cache_key", "safety_identifier", "stream_options");

  private Prompt() {}

  /** SHA-256 of what is asked, whatever the order of its fields. */
  static String hash(String protocol, String model, ObjectNode body) {
    ObjectNode read = body.deepCopy();
    NOT_READ.forEach(read::remove);
    String canonical = protocol + '\n' + model + '\n' + Wire.JSON.writeValueAsString(sorted(read));
    return Sha256.hex(canonical);
  }

  private static JsonNode sorted(JsonNode node) {
    return switch (node) {
      case ObjectNode map -> {
        TreeMap<String, JsonNode> fields = new TreeMap<>();
        map.propertyNames().forEach(name -> fields.put(name, sorted(map.path(name))));
        ObjectNode ordered = Wire.JSON.createObjectNode();
        fields.forEach(ordered::set);
        yield ordered;
      }
      case ArrayNode list -> {
        ArrayNode same = Wire.JSON.createArrayNode();
        list.forEach(each -> same.add(sorted(each)));
        yield same;
      }
      default -> node;
    };
  }
}
