package dev.capstan.models.cache;

import dev.capstan.models.upstream.KeptStream;
import dev.capstan.models.upstream.Try;
import dev.capstan.models.wire.Wire;
import tools.jackson.databind.JsonNode;

/**
 * An answer as it came from the provider, with marks in the place of secrets.
 *
 * @param model that gave it
 * @param streams true if it is a stream of events, else it is a JSON object
 */
public record KeptAnswer(String model, boolean streams, String text) {
  /** The answer within a recording of a call. */
  public static KeptAnswer recorded(String recording) {
    JsonNode node = Wire.JSON.readTree(recording);
    return new KeptAnswer(
        node.path("model").asString(""),
        node.path("streams").asBoolean(false),
        node.path("answer").asString(""));
  }

  /** As if a provider gave it now. */
  public Try again() {
    return streams ? new Try.Streams(new KeptStream(text)) : new Try.Whole(text);
  }
}
