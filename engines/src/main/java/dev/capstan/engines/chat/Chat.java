package dev.capstan.engines.chat;

import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * What a model is asked.
 *
 * @param rules what holds for the whole conversation
 * @param schema of the answer, where it is to be one JSON object
 */
public record Chat(
    String model,
    String rules,
    List<Message> messages,
    List<Tool> tools,
    Optional<JsonNode> schema) {
  public Chat {
    messages = List.copyOf(messages);
    tools = List.copyOf(tools);
  }
}
