package dev.capstan.control;

import java.time.Duration;
import java.util.List;

/** Is told of each batch of commands, by the thread that handles them: it must be quick. */
@FunctionalInterface
public interface BatchListener {
  /**
   * A batch is done with.
   *
   * @param took from its first command's turn until all was durable
   * @param stored false if the store was out of reach
   */
  void handled(List<Envelope> commands, Duration took, boolean stored);

  /** Tells one, then the other. */
  default BatchListener and(BatchListener other) {
    return (commands, took, stored) -> {
      handled(commands, took, stored);
      other.handled(commands, took, stored);
    };
  }
}
