package dev.capstan.models.wire;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Anthropic's Messages: input is told at the begin of a stream, output as it grows. */
final class Messages implements Wire {
  @Override
  public Protocol protocol() {
    return Protocol.MESSAGES;
  }

  @Override
  public Optional<Question> read(String path, String query, ObjectNode body) {
    return path.equals("/v1/messages")
        ? Optional.of(
            new Question(
                this,
                body.path("model").asString(""),
                body.path("stream").asBoolean(false),
                query.contains("beta=true") ? "?beta=true" : "",
                body))
        : Optional.empty();
  }

  @Override
  public String path(Question question, String model) {
    return "/v1/messages" + question.suffix();
  }

  @Override
  public ObjectNode body(Question question, String model) {
    ObjectNode body = question.body().deepCopy();
    body.put("model", model);
    return body;
  }

  @Override
  public Map<String, String> credentials(String key) {
    return Map.of("x-api-key", key);
  }

  /** In a message of its own it would stand beside one of the same role, which is allowed. */
  @Override
  public void addNotice(ObjectNode body, String notice) {
    ArrayNode messages =
        body.path("messages") instanceof ArrayNode given ? given : body.putArray("messages");
    messages.add(
        JSON.valueToTree(
            Map.of("role", "user", "content", List.of(Map.of("type", "text", "text", notice)))));
  }

  @Override
  public long mostOutput(ObjectNode body, long otherwise) {
    return body.path("max_tokens").asLong(otherwise);
  }

  @Override
  public Meter meter() {
    return new Meter() {
      private long input;
      private long cached;
      private long written;
      private long output;
      private boolean told;
      private boolean ended;

      @Override
      public void observe(JsonNode piece) {
        switch (piece.path("type").asString("")) {
          case "message_start" -> take(piece.path("message").path("usage"));
          case "message_delta" -> take(piece.path("usage"));
          case "message_stop" -> ended = true;
          case "message" -> {
            take(piece.path("usage"));
            ended = true;
          }
          default -> {}
        }
      }

      // Every number is the sum so far; what is left out stays as it was.
      private void take(JsonNode usage) {
        told |= usage.path("output_tokens").isNumber();
        input = usage.path("input_tokens").asLong(input);
        cached = usage.path("cache_read_input_tokens").asLong(cached);
        written = usage.path("cache_creation_input_tokens").asLong(written);
        output = usage.path("output_tokens").asLong(output);
      }

      @Override
      public Optional<Usage> usage() {
        return told
            ? Optional.of(new Usage(input + cached + written, cached, written, output, 0))
            : Optional.empty();
      }

      @Override
      public boolean ended() {
        return ended;
      }
    };
  }

  @Override
  public String error(int status, String kind, String message) {
    return JSON.writeValueAsString(
        Map.of("type", "error", "error", Map.of("type", kind, "message", message)));
  }

  @Override
  public String errorEvent(String kind, String message) {
    return "event: error\ndata: " + error(0, kind, message) + "\n\n";
  }
}
