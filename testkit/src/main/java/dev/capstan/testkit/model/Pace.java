package dev.capstan.testkit.model;

import java.time.Duration;

/**
 * How fast an answer comes.
 *
 * @param first until anything of it is sent
 * @param between two pieces of a stream
 */
public record Pace(Duration first, Duration between) {
  public static final Pace AT_ONCE = new Pace(Duration.ZERO, Duration.ZERO);
}
