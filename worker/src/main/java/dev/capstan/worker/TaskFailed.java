package dev.capstan.worker;

import dev.capstan.core.run.Failure;

/** Ends a task with a failure that is expected. */
final class TaskFailed extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final transient Failure failure;

  TaskFailed(Failure failure) {
    super(failure.message());
    this.failure = failure;
  }

  static TaskFailed terminal(String message) {
    return new TaskFailed(Failure.terminal(message));
  }

  Failure failure() {
    return failure;
  }
}
