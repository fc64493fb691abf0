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
