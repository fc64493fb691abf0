package dev.capstan.testkit.model;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.StreamSupport;
import tools.jackson.databind.JsonNode;

/** Anthropic's Messages: input is told at the begin of a stream, output at its end. */
final class MessagesDialect implements Dialect {
  @Override
  public Optional<Asked> read(String path, String body) {
    if (!path.endsWith("/messages")) {
      return Optional.empty();
    }
    JsonNode json = Dialect.parse(body);
    return Optional.of(
        new Asked(
            json.path("model").asString(""),
            json.path("stream").asBoolean(false),
            false,
            StreamSupport.stream(json.path("tools").spliterator(), false)
                .map(tool -> new Tool(tool.path("name").asString(""), tool.path("input_schema")))
                .toList(),
            json,
            body));
  }

  @Override
  public List<ServerEvent> stream(Asked asked, Reply reply) {
    List<ServerEvent> events = new ArrayList<>();
    events.add(
        event(
            "message_start",
            Map.of(
                "message", message(reply, List.of(), Optional.empty(), Math.min(1, out(reply))))));
    List<Map<String, Object>> blocks = blocks(reply);
    for (int index = 0; index < blocks.size(); index++) {
      events.addAll(block(index, blocks.get(index)));
    }
    Map<String, Object> delta = new HashMap<>(Map.of("stop_reason", reason(reply)));
    delta.put("stop_sequence", null);
    events.add(
        event(
            "message_delta", Map.of("delta", delta, "usage", Map.of("output_tokens", out(reply)))));
    events.add(event("message_stop", Map.of()));
    return events;
  }

  private static long out(Reply reply) {
    return reply.usage().output();
  }

  private static List<ServerEvent> block(int index, Map<String, Object> block) {
    boolean text = block.containsKey("text");
    Map<String, Object> started = new HashMap<>(block);
    started.put(text ? "text" : "input", text ? "" : Map.of());
    String content =
        text ? String.valueOf(block.get("text")) : Dialect.write(block.getOrDefault("input", ""));
    List<ServerEvent> events = new ArrayList<>();
    events.add(event("content_block_start", Map.of("index", index, "content_block", started)));
    for (String piece : Reply.pieces(content)) {
      Map<String, Object> delta =
          text
              ? Map.of("type", "text_delta", "text", piece)
              : Map.of("type", "input_json_delta", "partial_json", piece);
      events.add(event("content_block_delta", Map.of("index", index, "delta", delta)));
    }
    events.add(event("content_block_stop", Map.of("index", index)));
    return events;
  }

  private static ServerEvent event(String type, Map<String, Object> fields) {
    Map<String, Object> all = new HashMap<>(fields);
    all.put("type", type);
    return Dialect.named(type, all);
  }

  private static List<Map<String, Object>> blocks(Reply reply) {
    List<Map<String, Object>> blocks = new ArrayList<>();
    if (!reply.text().isEmpty()) {
      blocks.add(Map.of("type", "text", "text", reply.text()));
    }
    for (ToolCall call : reply.calls()) {
      blocks.add(
          Map.of(
              "type", "tool_use",
              "id", call.id(),
              "name", call.tool(),
              "input", call.arguments()));
    }
    return blocks;
  }

  private static String reason(Reply reply) {
    return reply.calls().isEmpty() ? "end_turn" : "tool_use";
  }

  private static Map<String, Object> message(
      Reply reply, List<Map<String, Object>> blocks, Optional<String> reason, long output) {
    Usage usage = reply.usage();
    Map<String, Object> message =
        new HashMap<>(
            Map.of(
                "id",
                "msg_" + reply.number(),
                "type",
                "message",
                "role",
                "assistant",
                "model",
                reply.model(),
                "content",
                blocks,
                "usage",
                Map.of(
                    "input_tokens",
                    usage.input() - usage.cached(),
                    "cache_creation_input_tokens",
                    0,
                    "cache_read_input_tokens",
                    usage.cached(),
                    "output_tokens",
                    output)));
    message.put("stop_reason", reason.orElse(null));
    message.put("stop_sequence", null);
    return message;
  }

  @Override
  public Object whole(Reply reply) {
    return message(reply, blocks(reply), Optional.of(reason(reply)), out(reply));
  }

  @Override
  public Object error(int status, String message) {
    String type = status == 429 ? "rate_limit_error" : "api_error";
    return Map.of("type", "error", "error", Map.of("type", type, "message", message));
  }
}
