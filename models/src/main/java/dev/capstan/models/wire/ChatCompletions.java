package dev.capstan.models.wire;

import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** OpenAI's Chat Completions: usage is told in a stream only if it is asked for. */
final class ChatCompletions extends OpenAi {
  ChatCompletions() {
    super("/chat/completions");
  }

  @Override
  public Protocol protocol() {
    return Protocol.CHAT_COMPLETIONS;
  }

  @Override
  public ObjectNode body(Question question, String model) {
    ObjectNode body = super.body(question, model);
    if (question.streams()) {
      ObjectNode options =
          body.path("stream_options") instanceof ObjectNode given
              ? given
              : body.putObject("stream_options");
      options.put("include_usage", true);
    }
    return body;
  }

  @Override
  public void addNotice(ObjectNode body, String notice) {
    ArrayNode messages =
        body.path("messages") instanceof ArrayNode given ? given : body.putArray("messages");
    messages.add(JSON.valueToTree(Map.of("role", "user", "content", notice)));
  }

  @Override
  public long mostOutput(ObjectNode body, long otherwise) {
    return body.path("max_completion_tokens").asLong(body.path("max_tokens").asLong(otherwise));
  }

  /** Some servers leave out the last event, so a reason to finish ends it too. */
  @Override
  public Meter meter() {
    return new LastUsage() {
      @Override
      public void observe(JsonNode piece) {
        endIf(piece.path("choices").path(0).path("finish_reason").isString());
        read(piece.path("usage"), "prompt_tokens", "completion_tokens").ifPresent(this::tell);
      }
    };
  }

  @Override
  public String errorEvent(String kind, String message) {
    return "data: " + error(0, kind, message) + "\n\n";
  }
}
