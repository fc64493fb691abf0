package dev.capstan.worker;

import dev.capstan.control.LeasedTask;
import dev.capstan.core.run.RunCommand;
import dev.capstan.engines.Instructions;
import java.util.Optional;

/** What a worker does with a task it has leased. Many tasks are performed side by side. */
@FunctionalInterface
public interface Performer {
  /**
   * Does the task; empty if it was interrupted, and then another worker will do it.
   *
   * @param instructions what people tell whoever does it; told by other threads meanwhile
   */
  Optional<RunCommand> perform(LeasedTask leased, Instructions instructions)
      throws InterruptedException;
}
