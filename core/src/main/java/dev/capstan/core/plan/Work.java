package dev.capstan.core.plan;

import dev.capstan.core.ContentHash;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * What performs a step, as the engine understands it.
 *
 * @param engine the engine's name, for example {@code command}
 * @param arguments for {@code command}: the program and its arguments, never a shell line; for
 *     {@code openrewrite}: names of recipes, and coordinates of the artifacts that have them; for
 *     {@code codemod}: the script, and {@code name=value} for each option
 * @param files artifacts the work needs, by the name under which it finds them
 * @param environment names of the variables that are passed through, no others are
 * @param timeLimit after which the attempt is ended
 */
public record Work(
    String engine,
    List<String> arguments,
    Map<String, ContentHash> files,
    List<String> environment,
    Duration timeLimit) {
  public static final Duration DEFAULT_TIME_LIMIT = Duration.ofMinutes(30);

  /** Engines that do the same whenever they start from the same. */
  private static final Set<String> DETERMINISTIC =
      Set.of("command", "openrewrite", "codemod", "dependencies", "task-list");

  /** The engine that takes the best of what others make of the same step. */
  public static final String BEST_OF = "best-of";

  /**
   * Before each of those others, among its arguments: an engine, or an engine, {@code /}, a model.
   */
  public static final String CONTESTANT = "contestant=";

  /** Every engine that takes part. */
  public List<String> engines() {
    return engine.equals(BEST_OF)
        ? arguments.stream()
            .filter(argument -> argument.startsWith(CONTESTANT))
            .map(argument -> argument.substring(CONTESTANT.length()).split("/", 2)[0])
            .toList()
        : List.of(engine);
  }

  /** True if another try from the same commit is not to be expected to differ. */
  public boolean isDeterministic() {
    return DETERMINISTIC.contains(engine);
  }

  public Work {
    arguments = List.copyOf(arguments);
    files = Collections.unmodifiableMap(new TreeMap<>(files));
    environment = List.copyOf(environment);
    if (!timeLimit.isPositive()) {
      throw new IllegalArgumentException("a time limit is positive, but was " + timeLimit);
    }
  }
}
