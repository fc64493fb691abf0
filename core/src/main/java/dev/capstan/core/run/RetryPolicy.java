package dev.capstan.core.run;

import java.time.Duration;

/**
 * What follows a failed attempt.
 *
 * @param attempts tries with each engine, the first included, at least 1
 * @param firstDelay before the second try; doubled for each further one
 * @param longestDelay cap of the delay
 * @param exhausted what becomes of a step when every engine is used up
 */
public record RetryPolicy(
    int attempts, Duration firstDelay, Duration longestDelay, Exhausted exhausted) {
  /** The end of a step's tries. */
  public enum Exhausted {
    /** The step waits for a person. */
    BLOCK,
    /** The step has failed. */
    FAIL
  }

  public RetryPolicy {
    if (attempts < 1 || firstDelay.isNegative() || longestDelay.compareTo(firstDelay) < 0) {
      throw new IllegalArgumentException(
          "attempts >= 1 and 0 <= firstDelay <= longestDelay are needed");
    }
  }

  /** The same with no more tries than that. */
  RetryPolicy atMost(int most) {
    return attempts <= most ? this : new RetryPolicy(most, firstDelay, longestDelay, exhausted);
  }

  /**
   * Exponential backoff with a jitter of up to half the delay. The seed stands for chance, so that
   * the same history gives the same delay.
   */
  Duration delayAfter(int failures, long seed) {
    double doubled = firstDelay.toMillis() * Math.pow(2, Math.min(failures - 1, 30));
    double capped = Math.min(doubled, (double) longestDelay.toMillis());
    double jitter = Math.floorMod(seed * 0x9E3779B97F4A7C15L, 1000L) / 1000.0;
    return Duration.ofMillis(Math.round(capped * (0.5 + jitter / 2)));
  }
}
