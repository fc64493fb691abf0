package dev.capstan.postgres.runs;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Tells waiting threads that something was committed, here or by another process. Safe for many
 * threads; a signal that comes between looking and waiting is not missed, because one waits for a
 * count to pass the one seen before looking.
 */
public final class Signal {
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final List<Signal> downstream;
  private long count;

  /** A signal that is given to the others too whenever it is given. */
  public Signal(Signal... downstream) {
    this.downstream = List.of(downstream);
  }

  /** How often it was given. Take it before looking for work. */
  public long count() {
    lock.lock();
    try {
      return count;
    } finally {
      lock.unlock();
    }
  }

  public void give() {
    lock.lock();
    try {
      count++;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
    downstream.forEach(Signal::give);
  }

  /** Waits until it was given after {@code seen} was taken, at most that long. */
  public void await(long seen, Duration atMost) throws InterruptedException {
    lock.lock();
    try {
      long left = atMost.toNanos();
      while (count <= seen && left > 0) {
        left = changed.awaitNanos(left);
      }
    } finally {
      lock.unlock();
    }
  }
}
