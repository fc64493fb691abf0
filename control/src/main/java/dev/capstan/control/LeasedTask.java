package dev.capstan.control;

import dev.capstan.control.codec.TaskCodec;
import dev.capstan.core.ProjectId;
import dev.capstan.core.RunId;
import dev.capstan.core.run.Task;
import java.time.Duration;
import java.util.Optional;

/**
 * A task that a worker may do now.
 *
 * @param correlation the request that everything about this task goes back to
 * @param trace where in a trace it was caused, as W3C's traceparent; "" if nobody records it
 * @param waited how long it was ready before it was leased
 */
public record LeasedTask(
    Lease lease,
    RunId run,
    ProjectId project,
    Task task,
    String correlation,
    String trace,
    Duration waited) {
  /** The same at another place in its trace. */
  public LeasedTask within(String newTrace) {
    return new LeasedTask(lease, run, project, task, correlation, newTrace, waited);
  }

  /** Its kind's name. */
  public String kind() {
    return TaskCodec.name(task);
  }

  /** The engine that it asks for. */
  public Optional<String> engine() {
    return TaskCodec.engine(task);
  }
}
