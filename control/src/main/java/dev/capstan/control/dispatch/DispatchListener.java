package dev.capstan.control.dispatch;

import dev.capstan.control.LeasedTask;
import java.time.Duration;

/** Is told what becomes of tasks, outside of every lock. */
public interface DispatchListener {
  /** It was leased for a worker. */
  void leased(LeasedTask task);

  /**
   * Its report was answered for good.
   *
   * @param took since it was handed out
   * @param well false if it reports a failure, or was refused
   */
  void finished(LeasedTask task, Duration took, boolean well);

  /** So many leases that a worker had were not prolonged: withdrawn, or given to another. */
  void lost(int leases);
}
