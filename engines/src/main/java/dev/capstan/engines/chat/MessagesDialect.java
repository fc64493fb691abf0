package dev.capstan.engines.chat;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** Anthropic's Messages. */
final class MessagesDialect implements Dialect {
  private static final int MOST_OUTPUT = 16_000;

  @Override
  public String path() {
    return "/v1/messages";
  }

  @Override
  public Map<String, Object> request(Chat chat) {
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("model", chat.model());
    body.put("max_tokens", MOST_OUTPUT);
    body.put("system", chat.rules());
    body.put("messages", chat.messages().stream().map(MessagesDialect::written).toList());
    if (!chat.tools().isEmpty()) {
      body.put(
          "tools",
          chat.tools().stream()
              .map(tool ->
                  Map.of(
                      "name", tool.name(),
                      "description", tool.description(),
                      "input_schema", tool.schema()))
              .toList());
    }
    return body;
  }

  private static Map<String, Object> written(Message message) {
    return switch (message) {
      case Message.User(var text) -> Map.of("role", "user", "content", text);
      case Message.Assistant(var text, var calls) -> {
        List<Object> blocks = new ArrayList<>();
        if (!text.isBlank()) {
          blocks.add(Map.of("type", "text", "text", text));
        }
        calls.forEach(call ->
            blocks.add(
                Map.of(
                    "type",
                    "tool_use",
                    "id",
                    call.id(),
                    "name",
                    call.tool(),
                    "input",
                    call.arguments().isObject() ? call.arguments() : JSON.createObjectNode())));
        yield Map.of("role", "assistant", "content", blocks);
      }
      case Message.Results(var results) ->
          Map.of(
              "role",
              "user",
              "content",
              results.stream()
                  .map(result ->
                      Map.of(
                          "type", "tool_result",
                          "tool_use_id", result.id(),
                          "content", result.text()))
                  .toList());
    };
  }

  @Override
  public Reply.Said read(JsonNode answer) {
    StringBuilder text = new StringBuilder();
    List<ToolCall> calls = new ArrayList<>();
    for (JsonNode block : answer.path("content")) {
      switch (block.path("type").asString("")) {
        case "text" -> text.append(block.path("text").asString(""));
        case "tool_use" ->
            calls.add(
                new ToolCall(
                    block.path("id").asString(""),
                    block.path("name").asString(""),
                    block.path("input").isObject() ? block.path("input") : JSON.missingNode()));
        default -> {
          // A kind of block that says nothing to us, such as its thoughts.
        }
      }
    }
    JsonNode usage = answer.path("usage");
    long tokens =
        usage.path("input_tokens").asLong(0)
            + usage.path("cache_read_input_tokens").asLong(0)
            + usage.path("cache_creation_input_tokens").asLong(0)
            + usage.path("output_tokens").asLong(0);
    return new Reply.Said(
        text.toString(),
        calls,
        !answer.path("stop_reason").asString("").equals("max_tokens"),
        tokens);
  }
}
