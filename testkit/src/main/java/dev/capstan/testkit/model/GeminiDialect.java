package dev.capstan.testkit.model;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;
import tools.jackson.databind.JsonNode;

/** Gemini's generateContent: every piece of a stream tells the usage so far. */
final class GeminiDialect implements Dialect {
  private static final Pattern PATH =
      Pattern.compile(".*/models/([^/:]+):(streamGenerateContent|generateContent)");

  @Override
  public Optional<Asked> read(String path, String body) {
    Matcher parts = PATH.matcher(path);
    if (!parts.matches()) {
      return Optional.empty();
    }
    JsonNode json = Dialect.parse(body);
    JsonNode wanted = json.path("generationConfig");
    return Optional.of(
        new Asked(
            parts.group(1),
            parts.group(2).startsWith("stream"),
            wanted.has("responseJsonSchema")
                || wanted.path("responseMimeType").asString("").equals("application/json"),
            StreamSupport.stream(json.path("tools").spliterator(), false)
                .flatMap(group ->
                    StreamSupport.stream(group.path("functionDeclarations").spliterator(), false))
                .map(GeminiDialect::tool)
                .toList(),
            json,
            body));
  }

  private static Tool tool(JsonNode declared) {
    JsonNode schema = declared.path("parametersJsonSchema");
    return new Tool(
        declared.path("name").asString(""),
        schema.isObject() ? schema : declared.path("parameters"));
  }

  @Override
  public List<ServerEvent> stream(Asked asked, Reply reply) {
    List<ServerEvent> events = new ArrayList<>();
    for (String piece : Reply.pieces(reply.text())) {
      events.add(event(part(reply, Map.of("text", piece), false)));
    }
    for (ToolCall call : reply.calls()) {
      events.add(event(part(reply, call(call), false)));
    }
    events.add(event(part(reply, Map.of("text", ""), true)));
    return events;
  }

  private static ServerEvent event(Map<String, Object> content) {
    return new ServerEvent("", Dialect.write(content));
  }

  private static Map<String, Object> call(ToolCall call) {
    return Map.of("functionCall", Map.of("name", call.tool(), "args", call.arguments()));
  }

  private static Map<String, Object> part(Reply reply, Map<String, Object> part, boolean last) {
    return content(reply, List.of(part), last);
  }

  private static Map<String, Object> content(
      Reply reply, List<Map<String, Object>> parts, boolean last) {
    Map<String, Object> candidate =
        new HashMap<>(Map.of("index", 0, "content", Map.of("role", "model", "parts", parts)));
    if (last) {
      candidate.put("finishReason", "STOP");
    }
    Usage usage = reply.usage();
    return Map.of(
        "candidates", List.of(candidate),
        "modelVersion", reply.model(),
        "usageMetadata",
            Map.of(
                "promptTokenCount", usage.input(),
                "cachedContentTokenCount", usage.cached(),
                "candidatesTokenCount", last ? usage.output() - usage.reasoning() : 0,
                "thoughtsTokenCount", usage.reasoning(),
                "totalTokenCount", usage.input() + usage.output()));
  }

  @Override
  public Object whole(Reply reply) {
    List<Map<String, Object>> parts = new ArrayList<>();
    if (!reply.text().isEmpty()) {
      parts.add(Map.of("text", reply.text()));
    }
    reply.calls().forEach(call -> parts.add(call(call)));
    return content(reply, parts, true);
  }

  @Override
  public Object error(int status, String message) {
    String word = status == 429 ? "RESOURCE_EXHAUSTED" : "INTERNAL";
    return Map.of("error", Map.of("code", status, "message", message, "status", word));
  }
}
