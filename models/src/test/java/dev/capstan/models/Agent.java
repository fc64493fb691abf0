package dev.capstan.models;

import dev.capstan.models.wire.Protocol;
import java.util.Map;

/** Asks as agents do, in each protocol. */
final class Agent {
  private Agent() {}

  static ModelRequest asks(Protocol protocol, String model, String prompt, boolean streams) {
    String text = dev.capstan.models.wire.Wire.JSON.writeValueAsString(prompt);
    return switch (protocol) {
      case RESPONSES ->
          post(
              "/v1/responses",
              "{\"model\":\"%s\",\"stream\":%s,\"input\":%s}".formatted(model, streams, text));
      case CHAT_COMPLETIONS ->
          post(
              "/v1/chat/completions",
              "{\"model\":\"%s\",\"stream\":%s,\"messages\":[{\"role\":\"user\",\"content\":%s}]}"
                  .formatted(model, streams, text));
      case MESSAGES ->
          post(
              "/v1/messages",
              "{\"model\":\"%s\",\"stream\":%s,\"max_tokens\":100,\"messages\":[{\"role\":\"user\",\"content\":%s}]}"
                  .formatted(model, streams, text));
      case GEMINI ->
          post(
              "/v1beta/models/" + model + (streams ? ":streamGenerateContent" : ":generateContent"),
              "{\"contents\":[{\"role\":\"user\",\"parts\":[{\"text\":%s}]}]}".formatted(text));
    };
  }

  static ModelRequest post(String path, String body) {
    return new ModelRequest("POST", path, "", Map.of(), body);
  }
}
