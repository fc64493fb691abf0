package dev.capstan.engines.acp;

import java.util.List;
import java.util.stream.Stream;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Finds calls of tools in what command lines of agents print, where they print JSON, one object a
 * line: as claude and qwen do ({@code tool_use} in a message), as gemini and opencode do ({@code
 * tool_use} by itself), and as codex does (items that are completed).
 */
final class PrintedCalls {
  private static final List<String> NO_TOOLS =
      List.of("agent_message", "reasoning", "todo_list", "error");
  private static final List<String> RESULTS =
      List.of("id", "status", "aggregated_output", "exit_code", "result");

  private PrintedCalls() {}

  /** The tool and its words, for each call of the line. */
  static List<String> in(String line) {
    if (!line.startsWith("{")) {
      return List.of();
    }
    try {
      return calls(JsonMapper.shared().readTree(line));
    } catch (JacksonException notJson) {
      return List.of();
    }
  }

  private static List<String> calls(JsonNode event) {
    return switch (event.path("type").asString("")) {
      case "assistant" ->
          event.path("message").path("content").valueStream().flatMap(PrintedCalls::used).toList();
      case "item.completed" -> item(event.path("item")).toList();
      default -> used(event).toList();
    };
  }

  private static Stream<String> used(JsonNode part) {
    if (!part.path("type").asString("").equals("tool_use")) {
      return Stream.empty();
    }
    JsonNode inner = part.path("part");
    String tool = first(part.path("name"), part.path("tool_name"), inner.path("tool"));
    String words =
        first(part.path("input"), part.path("parameters"), inner.path("state").path("input"));
    return Stream.of(tool + ' ' + words);
  }

  private static String first(JsonNode... nodes) {
    return Stream.of(nodes)
        .filter(node -> !node.isMissingNode())
        .findFirst()
        .map(node -> node.isString() ? node.asString() : node.toString())
        .orElse("");
  }

  private static Stream<String> item(JsonNode item) {
    String type = item.path("type").asString("");
    if (type.isEmpty() || NO_TOOLS.contains(type)) {
      return Stream.empty();
    }
    return Stream.of(
        item.properties().stream()
            .filter(entry -> !RESULTS.contains(entry.getKey()))
            .map(entry -> entry.getValue().toString())
            .reduce(type, (words, value) -> words + ' ' + value));
  }
}
