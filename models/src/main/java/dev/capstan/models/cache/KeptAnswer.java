package dev.capstan.models.cache;

import dev.capstan.models.upstream.KeptStream;
import dev.capstan.models.upstream.Try;

/**
 * An answer as it came from the provider, with marks in the place of secrets.
 *
 * @param model its configured name
 * @param streams true if it is a stream of events, else it is a JSON object
 */
public record KeptAnswer(String model, boolean streams, String text) {
  /** As if a provider gave it now. */
  public Try again() {
    return streams ? new Try.Streams(new KeptStream(text)) : new Try.Whole(text);
  }
}
