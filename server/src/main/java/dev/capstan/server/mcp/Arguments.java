package dev.capstan.server.mcp;

import dev.capstan.server.rest.ApiException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import tools.jackson.databind.JsonNode;

/** What a client gave a tool; it fits the tool's parameters. */
final class Arguments {
  private final Map<String, JsonNode> given;
  private final String usualProject;

  private Arguments(Map<String, JsonNode> given, String usualProject) {
    this.given = given;
    this.usualProject = usualProject;
  }

  /**
   * Throws {@link ApiException} if they do not fit.
   *
   * @param usualProject what is meant where no project is named; may be ""
   */
  static Arguments of(List<Parameter> parameters, JsonNode given, String usualProject) {
    if (!given.isObject() && !given.isMissingNode() && !given.isNull()) {
      throw ApiException.invalid("the arguments are an object");
    }
    List<String> known = parameters.stream().map(Parameter::name).toList();
    given.propertyNames().stream()
        .filter(name -> !known.contains(name))
        .findFirst()
        .ifPresent(name -> {
          throw ApiException.invalid("there is no argument " + name + "; known are " + known);
        });
    Map<String, JsonNode> fitting = new LinkedHashMap<>();
    for (Parameter parameter : parameters) {
      JsonNode value = given.path(parameter.name());
      if (value.isMissingNode() || value.isNull()) {
        requireNotNeeded(parameter);
      } else {
        requireFitting(parameter, value);
        fitting.put(parameter.name(), value);
      }
    }
    return new Arguments(fitting, usualProject);
  }

  private static void requireNotNeeded(Parameter parameter) {
    if (parameter.needed()) {
      throw ApiException.invalid("the argument " + parameter.name() + " is missing");
    }
  }

  private static void requireFitting(Parameter parameter, JsonNode value) {
    boolean fits =
        switch (parameter.type()) {
          case TEXT -> value.isString();
          case NUMBER -> value.isIntegralNumber() && value.canConvertToInt();
          case FLAG -> value.isBoolean();
          case TEXTS ->
              value.isString()
                  || (value.isArray() && elements(value).stream().allMatch(JsonNode::isString));
        };
    if (!fits) {
      throw ApiException.invalid(
          "the argument "
              + parameter.name()
              + " cannot be "
              + value
              + "; "
              + parameter.description());
    }
  }

  private static List<JsonNode> elements(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false).toList();
  }

  /** "" if it was not given. */
  String text(String name) {
    JsonNode value = given.get(name);
    return value == null ? "" : value.asString().strip();
  }

  int number(String name, int otherwise) {
    JsonNode value = given.get(name);
    return value == null ? otherwise : value.asInt();
  }

  boolean flag(String name, boolean otherwise) {
    JsonNode value = given.get(name);
    return value == null ? otherwise : value.asBoolean();
  }

  /** A single text counts as a list of it. */
  List<String> texts(String name) {
    JsonNode value = given.get(name);
    if (value == null) {
      return List.of();
    }
    return value.isString()
        ? List.of(value.asString())
        : elements(value).stream().map(JsonNode::asString).toList();
  }

  /** The project that is named, or usually meant; "" if that is not said. */
  String project() {
    String named = text(Parameter.PROJECT.name());
    return named.isEmpty() ? usualProject : named;
  }

  /** An empty answer of as many tokens as are wanted. */
  Reply reply(int usual) {
    return new Reply(number(Reply.MAX_TOKENS, usual));
  }
}
