package dev.capstan.testkit.model;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.StreamSupport;
import tools.jackson.databind.JsonNode;

/** OpenAI's Chat Completions; usage comes in a stream only where it was asked for. */
final class ChatDialect implements Dialect {
  @Override
  public Optional<Asked> read(String path, String body) {
    if (!path.endsWith("/chat/completions")) {
      return Optional.empty();
    }
    JsonNode json = Dialect.parse(body);
    return Optional.of(
        new Asked(
            json.path("model").asString(""),
            json.path("stream").asBoolean(false),
            json.path("response_format").path("type").asString("").startsWith("json"),
            StreamSupport.stream(json.path("tools").spliterator(), false)
                .map(tool -> tool.path("function"))
                .map(tool -> new Tool(tool.path("name").asString(""), tool.path("parameters")))
                .toList(),
            json,
            body));
  }

  @Override
  public List<ServerEvent> stream(Asked asked, Reply reply) {
    List<ServerEvent> events = new ArrayList<>();
    events.add(chunk(reply, Map.of("role", "assistant", "content", ""), Optional.empty()));
    for (String piece : Reply.pieces(reply.text())) {
      events.add(chunk(reply, Map.of("content", piece), Optional.empty()));
    }
    for (int index = 0; index < reply.calls().size(); index++) {
      events.addAll(call(reply, index, reply.calls().get(index)));
    }
    events.add(chunk(reply, Map.of(), Optional.of(reason(reply))));
    if (asked.body().path("stream_options").path("include_usage").asBoolean(false)) {
      Map<String, Object> last = base(reply, "chat.completion.chunk");
      last.put("choices", List.of());
      last.put("usage", usage(reply.usage()));
      events.add(new ServerEvent("", Dialect.write(last)));
    }
    events.add(new ServerEvent("", "[DONE]"));
    return events;
  }

  private static List<ServerEvent> call(Reply reply, int index, ToolCall call) {
    List<ServerEvent> events = new ArrayList<>();
    events.add(
        chunk(
            reply,
            Map.of(
                "tool_calls",
                List.of(
                    Map.of(
                        "index",
                        index,
                        "id",
                        call.id(),
                        "type",
                        "function",
                        "function",
                        Map.of("name", call.tool(), "arguments", "")))),
            Optional.empty()));
    for (String piece : Reply.pieces(Dialect.write(call.arguments()))) {
      events.add(
          chunk(
              reply,
              Map.of(
                  "tool_calls",
                  List.of(Map.of("index", index, "function", Map.of("arguments", piece)))),
              Optional.empty()));
    }
    return events;
  }

  private static ServerEvent chunk(
      Reply reply, Map<String, Object> delta, Optional<String> finished) {
    Map<String, Object> choice = new HashMap<>(Map.of("index", 0, "delta", delta));
    choice.put("finish_reason", finished.orElse(null));
    Map<String, Object> chunk = base(reply, "chat.completion.chunk");
    chunk.put("choices", List.of(choice));
    return new ServerEvent("", Dialect.write(chunk));
  }

  private static String reason(Reply reply) {
    return reply.calls().isEmpty() ? "stop" : "tool_calls";
  }

  private static Map<String, Object> base(Reply reply, String object) {
    return new HashMap<>(
        Map.of(
            "id",
            "chatcmpl_" + reply.number(),
            "object",
            object,
            "created",
            1,
            "model",
            reply.model()));
  }

  @Override
  public Object whole(Reply reply) {
    Map<String, Object> message = new HashMap<>(Map.of("role", "assistant"));
    message.put("content", reply.text().isEmpty() ? null : reply.text());
    if (!reply.calls().isEmpty()) {
      message.put(
          "tool_calls",
          reply.calls().stream()
              .map(call ->
                  Map.of(
                      "id", call.id(),
                      "type", "function",
                      "function",
                          Map.of(
                              "name", call.tool(),
                              "arguments", Dialect.write(call.arguments()))))
              .toList());
    }
    Map<String, Object> whole = base(reply, "chat.completion");
    whole.put(
        "choices", List.of(Map.of("index", 0, "message", message, "finish_reason", reason(reply))));
    whole.put("usage", usage(reply.usage()));
    return whole;
  }

  private static Map<String, Object> usage(Usage usage) {
    return Map.of(
        "prompt_tokens", usage.input(),
        "completion_tokens", usage.output(),
        "total_tokens", usage.input() + usage.output(),
        "prompt_tokens_details", Map.of("cached_tokens", usage.cached()),
        "completion_tokens_details", Map.of("reasoning_tokens", usage.reasoning()));
  }

  @Override
  public Object error(int status, String message) {
    return openAiError(status, message);
  }

  static Map<String, Object> openAiError(int status, String message) {
    String type = status == 429 ? "rate_limit_exceeded" : "server_error";
    return Map.of("error", Map.of("message", message, "type", type, "code", type));
  }
}
