package dev.capstan.control;

import java.util.Set;

/**
 * What a worker can do.
 *
 * @param kinds names of tasks, as {@link dev.capstan.control.codec.TaskCodec} has them
 * @param engines by name; it is given only these to execute with
 * @param labels what it says of itself besides, such as {@code tool:mvn}; nothing is matched with
 *     them
 */
public record Capabilities(Set<String> kinds, Set<String> engines, Set<String> labels) {
  public Capabilities {
    kinds = Set.copyOf(kinds);
    engines = Set.copyOf(engines);
    labels = Set.copyOf(labels);
  }

  /** Without what nothing is matched with. */
  public Capabilities matched() {
    return new Capabilities(kinds, engines, Set.of());
  }

  /** True if a worker that can do this can do that task. */
  public boolean cover(LeasedTask leased) {
    return kinds.contains(leased.kind()) && leased.engine().map(engines::contains).orElse(true);
  }
}
