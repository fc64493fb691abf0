package dev.capstan.models.wire;

import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * One event of a stream.
 *
 * @param text as it came, with the empty line at its end
 * @param data of its data lines
 */
public record ServerEvent(String text, String data) {
  private static final String END = "[DONE]";

  /** A comment or a name alone, or the word that a stream of OpenAI ends with. */
  public boolean saysNothing() {
    return data.isEmpty() || data.equals(END);
  }

  /** The JSON object that it bears; empty if it bears none. */
  public Optional<JsonNode> json() {
    try {
      JsonNode node = Wire.JSON.readTree(data);
      return Optional.of(node).filter(JsonNode::isObject);
    } catch (JacksonException _) {
      return Optional.empty();
    }
  }
}
