package dev.capstan.postgres.embedded;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** The step of a loop that waits for another process, which tells nobody when it is done. */
final class Pause {
  private Pause() {}

  static void briefly() {
    LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
  }
}
