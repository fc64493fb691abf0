package dev.capstan.core.plan;

import java.time.Duration;
import java.util.List;

/**
 * What performs a step, as the engine understands it.
 *
 * @param engine the engine's name, for example {@code command}
 * @param arguments for {@code command}: the program and its arguments, never a shell line
 * @param environment names of the variables that are passed through, no others are
 * @param timeLimit after which the attempt is ended
 */
public record Work(
    String engine, List<String> arguments, List<String> environment, Duration timeLimit) {
  public static final Duration DEFAULT_TIME_LIMIT = Duration.ofMinutes(30);

  public Work {
    arguments = List.copyOf(arguments);
    environment = List.copyOf(environment);
    if (!timeLimit.isPositive()) {
      throw new IllegalArgumentException("a time limit is positive, but was " + timeLimit);
    }
  }
}
