package dev.capstan.models.translation;

import dev.capstan.models.wire.Wire;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** An answer in Chat Completions, in the words of Messages. */
final class ChatAnswer {
  private ChatAnswer() {}

  /** Empty if it is no answer. */
  static Optional<ObjectNode> translated(JsonNode chat) {
    JsonNode choice = chat.path("choices").path(0);
    if (!choice.path("message").isObject()) {
      return Optional.empty();
    }
    ObjectNode message = begun(chat);
    ArrayNode content = (ArrayNode) message.path("content");
    String text = choice.path("message").path("content").asString("");
    if (!text.isEmpty()) {
      content.addObject().put("type", "text").put("text", text);
    }
    for (JsonNode call : choice.path("message").path("tool_calls")) {
      JsonNode function = call.path("function");
      content
          .addObject()
          .put("type", "tool_use")
          .put("id", call.path("id").asString(""))
          .put("name", function.path("name").asString(""))
          .set("input", arguments(function.path("arguments").asString("")));
    }
    message.put("stop_reason", reason(choice.path("finish_reason").asString("")));
    message.set("usage", usage(chat.path("usage")));
    return Optional.of(message);
  }

  /** A message in which nothing stands yet. */
  static ObjectNode begun(JsonNode chat) {
    ObjectNode message = Wire.JSON.createObjectNode();
    message.put("id", chat.path("id").asString("msg"));
    message.put("type", "message").put("role", "assistant");
    message.put("model", chat.path("model").asString(""));
    message.putArray("content");
    message.putNull("stop_reason").putNull("stop_sequence");
    message.putObject("usage").put("input_tokens", 0).put("output_tokens", 0);
    return message;
  }

  /** A model may write what is no JSON; an agent is then told that its tool got nothing. */
  private static ObjectNode arguments(String text) {
    try {
      return Wire.JSON.readTree(text) instanceof ObjectNode arguments
          ? arguments
          : Wire.JSON.createObjectNode();
    } catch (JacksonException broken) {
      return Wire.JSON.createObjectNode();
    }
  }

  static String reason(String finished) {
    return switch (finished) {
      case "length" -> "max_tokens";
      case "tool_calls", "function_call" -> "tool_use";
      case "content_filter" -> "refusal";
      default -> "end_turn";
    };
  }

  /** What was read from the cache is no part of the input here. */
  static ObjectNode usage(JsonNode chat) {
    long cached = chat.path("prompt_tokens_details").path("cached_tokens").asLong(0);
    return Wire.JSON
        .createObjectNode()
        .put("input_tokens", Math.max(0, chat.path("prompt_tokens").asLong(0) - cached))
        .put("cache_read_input_tokens", cached)
        .put("output_tokens", chat.path("completion_tokens").asLong(0));
  }
}
