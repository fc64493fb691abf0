package dev.capstan.worker;

import dev.capstan.control.LeasedTask;
import dev.capstan.core.run.RunCommand;
import java.util.Optional;

/** What a worker does with a task it has leased. Many tasks are performed side by side. */
@FunctionalInterface
public interface Performer {
  /** Does the task; empty if it was interrupted, and then another worker will do it. */
  Optional<RunCommand> perform(LeasedTask leased) throws InterruptedException;
}
