package dev.capstan.models.upstream;

import java.time.Duration;

/**
 * How long one waits for providers.
 *
 * @param tries at one provider, before anything of the answer was passed on
 * @param firstPause between two tries; each further one is twice as long
 * @param longestPause between two tries, also where the provider asks for more
 * @param turn for one's turn where a provider's limit of requests is reached
 * @param answer until the provider begins to answer
 * @param silence between two pieces of an answer
 */
public record Patience(
    int tries,
    Duration firstPause,
    Duration longestPause,
    Duration turn,
    Duration answer,
    Duration silence) {
  public static final Patience USUAL =
      new Patience(
          4,
          Duration.ofMillis(500),
          Duration.ofSeconds(30),
          Duration.ofSeconds(60),
          Duration.ofMinutes(5),
          Duration.ofMinutes(3));
}
