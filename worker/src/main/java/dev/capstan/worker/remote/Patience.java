package dev.capstan.worker.remote;

import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.time.Duration;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks again while no server can answer: a task goes on as long as its lease lasts, and whoever
 * loses the lease interrupts the thread.
 */
final class Patience {
  private static final Logger LOG = LoggerFactory.getLogger(Patience.class);
  private static final Duration PAUSE = Duration.ofMillis(300);

  private Patience() {}

  static <T> T outlast(Supplier<T> question) {
    while (true) {
      try {
        return question.get();
      } catch (StatusRuntimeException failure) {
        if (failure.getStatus().getCode() != Status.Code.UNAVAILABLE) {
          throw failure;
        }
        pause(failure);
      }
    }
  }

  /** Throws what was thrown if the thread is interrupted, before or meanwhile. */
  static <E extends Exception> void pause(E outage) throws E {
    LOG.debug("a server is waited for", outage);
    try {
      Thread.sleep(PAUSE);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      throw outage;
    }
  }
}
