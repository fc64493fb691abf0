package dev.capstan.testkit.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.StreamSupport;
import tools.jackson.databind.JsonNode;

/** OpenAI's Responses. */
final class ResponsesDialect implements Dialect {
  @Override
  public Optional<Asked> read(String path, String body) {
    if (!path.endsWith("/responses")) {
      return Optional.empty();
    }
    JsonNode json = Dialect.parse(body);
    return Optional.of(
        new Asked(
            json.path("model").asString(""),
            json.path("stream").asBoolean(false),
            false,
            StreamSupport.stream(json.path("tools").spliterator(), false)
                .filter(tool -> tool.path("type").asString("function").equals("function"))
                .map(tool -> new Tool(tool.path("name").asString(""), tool.path("parameters")))
                .toList(),
            json,
            body));
  }

  @Override
  public List<ServerEvent> stream(Asked asked, Reply reply) {
    List<ServerEvent> events = new ArrayList<>();
    events.add(event("response.created", "response", response(reply, "in_progress", List.of())));
    List<Map<String, Object>> items = items(reply);
    for (int index = 0; index < items.size(); index++) {
      Map<String, Object> item = items.get(index);
      events.add(item("response.output_item.added", index, item));
      events.addAll(deltas(index, item));
      events.add(item("response.output_item.done", index, item));
    }
    events.add(event("response.completed", "response", response(reply, "completed", items)));
    return events;
  }

  private static List<ServerEvent> deltas(int index, Map<String, Object> item) {
    boolean message = item.containsKey("content");
    String type = message ? "response.output_text.delta" : "response.function_call_arguments.delta";
    String text =
        message
            ? Dialect.JSON.valueToTree(item).path("content").path(0).path("text").asString()
            : String.valueOf(item.get("arguments"));
    return Reply.pieces(text).stream()
        .map(piece ->
            Dialect.named(
                type,
                Map.of(
                    "type", type,
                    "item_id", item.get("id"),
                    "output_index", index,
                    "content_index", 0,
                    "delta", piece)))
        .toList();
  }

  private static List<Map<String, Object>> items(Reply reply) {
    List<Map<String, Object>> items = new ArrayList<>();
    if (!reply.text().isEmpty()) {
      items.add(
          Map.of(
              "type", "message",
              "id", "msg_" + reply.number(),
              "role", "assistant",
              "status", "completed",
              "content",
                  List.of(
                      Map.of(
                          "type", "output_text", "text", reply.text(), "annotations", List.of()))));
    }
    for (ToolCall call : reply.calls()) {
      items.add(
          Map.of(
              "type",
              "function_call",
              "id",
              "fc_" + call.id(),
              "call_id",
              call.id(),
              "name",
              call.tool(),
              "arguments",
              Dialect.write(call.arguments()),
              "status",
              "completed"));
    }
    return items;
  }

  private static ServerEvent event(String type, String field, Object value) {
    return Dialect.named(type, Map.of("type", type, field, value));
  }

  private static ServerEvent item(String type, int index, Map<String, Object> item) {
    return Dialect.named(type, Map.of("type", type, "output_index", index, "item", item));
  }

  @Override
  public Object whole(Reply reply) {
    return response(reply, "completed", items(reply));
  }

  private static Map<String, Object> response(
      Reply reply, String status, List<Map<String, Object>> items) {
    Usage usage = reply.usage();
    return Map.of(
        "id",
        "resp_" + reply.number(),
        "object",
        "response",
        "status",
        status,
        "model",
        reply.model(),
        "output",
        items,
        "usage",
        Map.of(
            "input_tokens", usage.input(),
            "input_tokens_details", Map.of("cached_tokens", usage.cached()),
            "output_tokens", usage.output(),
            "output_tokens_details", Map.of("reasoning_tokens", usage.reasoning()),
            "total_tokens", usage.input() + usage.output()));
  }

  @Override
  public Object error(int status, String message) {
    return ChatDialect.openAiError(status, message);
  }
}
