package dev.capstan.control;

import dev.capstan.core.ProjectId;
import dev.capstan.core.RunId;
import dev.capstan.core.run.Task;

/**
 * A task that a worker may do now.
 *
 * @param correlation the request that everything about this task goes back to
 */
public record LeasedTask(
    Lease lease, RunId run, ProjectId project, Task task, String correlation) {}
