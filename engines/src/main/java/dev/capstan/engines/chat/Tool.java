package dev.capstan.engines.chat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a model may call.
 *
 * @param arguments a description of each, all of them texts
 * @param required those without which it cannot be called
 */
public record Tool(
    String name, String description, Map<String, String> arguments, List<String> required) {
  public Tool {
    required = List.copyOf(required);
  }

  /** As JSON Schema. */
  Map<String, Object> schema() {
    Map<String, Object> properties = new LinkedHashMap<>();
    arguments.forEach(
        (name, words) -> properties.put(name, Map.of("type", "string", "description", words)));
    return Map.of(
        "type",
        "object",
        "properties",
        properties,
        "required",
        required,
        "additionalProperties",
        false);
  }
}
