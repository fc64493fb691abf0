package dev.capstan.engines.chat;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** OpenAI's Chat Completions, which most others speak too. */
final class ChatCompletionsDialect implements Dialect {
  @Override
  public String path() {
    return "/v1/chat/completions";
  }

  @Override
  public Map<String, Object> request(Chat chat) {
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("model", chat.model());
    List<Object> messages = new ArrayList<>();
    messages.add(Map.of("role", "system", "content", chat.rules()));
    chat.messages().forEach(message -> add(messages, message));
    body.put("messages", messages);
    if (!chat.tools().isEmpty()) {
      body.put(
          "tools",
          chat.tools().stream()
              .map(tool ->
                  Map.of(
                      "type",
                      "function",
                      "function",
                      Map.of(
                          "name", tool.name(),
                          "description", tool.description(),
                          "parameters", tool.schema())))
              .toList());
    }
    chat.schema()
        .ifPresent(schema ->
            body.put(
                "response_format",
                Map.of(
                    "type",
                    "json_schema",
                    "json_schema",
                    Map.of("name", "answer", "schema", schema))));
    return body;
  }

  private static void add(List<Object> messages, Message message) {
    switch (message) {
      case Message.User(var text) -> messages.add(Map.of("role", "user", "content", text));
      case Message.Assistant(var text, var calls) when calls.isEmpty() ->
          messages.add(Map.of("role", "assistant", "content", text));
      case Message.Assistant(var text, var calls) ->
          messages.add(
              Map.of(
                  "role",
                  "assistant",
                  "content",
                  text,
                  "tool_calls",
                  calls.stream().map(ChatCompletionsDialect::written).toList()));
      case Message.Results(var results) ->
          results.forEach(result ->
              messages.add(
                  Map.of("role", "tool", "tool_call_id", result.id(), "content", result.text())));
    }
  }

  private static Map<String, Object> written(ToolCall call) {
    String arguments =
        call.arguments().isObject() ? JSON.writeValueAsString(call.arguments()) : "{}";
    return Map.of(
        "id",
        call.id(),
        "type",
        "function",
        "function",
        Map.of("name", call.tool(), "arguments", arguments));
  }

  @Override
  public Reply.Said read(JsonNode answer) {
    JsonNode choice = answer.path("choices").path(0);
    JsonNode message = choice.path("message");
    List<ToolCall> calls = new ArrayList<>();
    for (JsonNode call : message.path("tool_calls")) {
      JsonNode function = call.path("function");
      calls.add(
          new ToolCall(
              call.path("id").asString(""),
              function.path("name").asString(""),
              Dialect.arguments(function.path("arguments").asString(""))));
    }
    return new Reply.Said(
        message.path("content").asString(""),
        calls,
        !choice.path("finish_reason").asString("").equals("length"),
        answer.path("usage").path("total_tokens").asLong(0));
  }
}
