package dev.capstan.server.mcp;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** One argument that a tool takes. */
record Parameter(String name, Type type, boolean needed, String description) {
  static final Parameter PROJECT =
      text("project", "Which project. Needed only where several can be meant.");
  static final Parameter TREE =
      text("tree", "Which indexed branch, commit or work tree. Default: the one indexed last.");

  /** What its value is. */
  enum Type {
    TEXT,
    NUMBER,
    FLAG,
    TEXTS;

    private Map<String, Object> schema() {
      return switch (this) {
        case TEXT -> Map.of("type", "string");
        case NUMBER -> Map.of("type", "integer");
        case FLAG -> Map.of("type", "boolean");
        case TEXTS -> Map.of("type", "array", "items", Map.of("type", "string"));
      };
    }
  }

  static Parameter text(String name, String description) {
    return new Parameter(name, Type.TEXT, false, description);
  }

  static Parameter texts(String name, String description) {
    return new Parameter(name, Type.TEXTS, false, description);
  }

  static Parameter number(String name, String description) {
    return new Parameter(name, Type.NUMBER, false, description);
  }

  static Parameter flag(String name, String description) {
    return new Parameter(name, Type.FLAG, false, description);
  }

  static Parameter maxTokens(int usual) {
    return number(
        Reply.MAX_TOKENS,
        "The answer has at most so many tokens and says what it left out. Default: " + usual + '.');
  }

  Parameter must() {
    return new Parameter(name, type, true, description);
  }

  /** What a client must send, in JSON Schema. */
  static Map<String, Object> schema(List<Parameter> parameters) {
    Map<String, Object> properties = new TreeMap<>();
    for (Parameter parameter : parameters) {
      Map<String, Object> property = new TreeMap<>(parameter.type.schema());
      property.put("description", parameter.description);
      properties.put(parameter.name, property);
    }
    List<String> needed =
        parameters.stream().filter(Parameter::needed).map(Parameter::name).toList();
    return Map.of(
        "type",
        "object",
        "properties",
        properties,
        "required",
        needed,
        "additionalProperties",
        false);
  }
}
