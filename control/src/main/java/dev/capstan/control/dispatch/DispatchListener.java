package dev.capstan.control.dispatch;

import dev.capstan.control.LeasedTask;
import java.time.Duration;

/** Is told what becomes of tasks, outside of every lock. */
public interface DispatchListener {
  /** It was leased for a worker. */
  default void leased(LeasedTask task) {}

  /**
   * Its report was answered for good.
   *
   * @param took since it was handed out
   * @param well false if it reports a failure, or was refused
   */
  default void finished(LeasedTask task, Duration took, boolean well) {}

  /** So many leases that a worker had were not prolonged: withdrawn, or given to another. */
  default void lost(int leases) {}

  /** Tells one, then the other. */
  default DispatchListener and(DispatchListener other) {
    DispatchListener one = this;
    return new DispatchListener() {
      @Override
      public void leased(LeasedTask task) {
        one.leased(task);
        other.leased(task);
      }

      @Override
      public void finished(LeasedTask task, Duration took, boolean well) {
        one.finished(task, took, well);
        other.finished(task, took, well);
      }

      @Override
      public void lost(int leases) {
        one.lost(leases);
        other.lost(leases);
      }
    };
  }
}
