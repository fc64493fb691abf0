package dev.capstan.engines.chat;

import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** How a conversation is put in the words of a protocol. */
sealed interface Dialect permits ChatCompletionsDialect, MessagesDialect {
  JsonMapper JSON = JsonMapper.builder().build();

  /** In the order in which they are tried. */
  List<Dialect> ALL = List.of(new ChatCompletionsDialect(), new MessagesDialect());

  String path();

  Map<String, Object> request(Chat chat);

  Reply.Said read(JsonNode answer);

  /** The arguments that a model wrote as text, or nothing if they are no JSON object. */
  static JsonNode arguments(String text) {
    try {
      JsonNode arguments = JSON.readTree(text.isBlank() ? "{}" : text);
      return arguments.isObject() ? arguments : JSON.missingNode();
    } catch (tools.jackson.core.JacksonException garbage) {
      return JSON.missingNode();
    }
  }
}
