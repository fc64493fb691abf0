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
  /** Of a conversation in one turn. */
  public static final String RULES = "Answer what you are asked, in the form that is asked for.";

  public Chat {
    messages = List.copyOf(messages);
    tools = List.copyOf(tools);
  }

  /** How a model is asked with a prompt, in one turn. */
  public static Chat once(String model, String prompt, Optional<JsonNode> schema) {
    return new Chat(model, RULES, List.of(new Message.User(prompt)), List.of(), schema);
  }
}
