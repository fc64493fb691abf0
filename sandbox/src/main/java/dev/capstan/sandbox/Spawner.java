package dev.capstan.sandbox;

import java.io.IOException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Starts processes that die with this JVM.
 *
 * <p>Danger: the kernel signals "your parent died" when the thread that started the process ends,
 * not when its process does. So all starts go through one platform thread that never ends.
 */
final class Spawner {
  private static final ExecutorService THREAD =
      Executors.newSingleThreadExecutor(
          Thread.ofPlatform().name("capstan-sandbox-spawner").daemon().factory());

  private Spawner() {}

  /** Starts it; not given up half-way when the caller is interrupted, whose flag stays set. */
  static Process start(ProcessBuilder builder) throws IOException {
    Future<Process> start = THREAD.submit(builder::start);
    boolean interrupted = false;
    try {
      while (true) {
        try {
          return start.get();
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
    } catch (ExecutionException e) {
      throw new IOException("cannot start " + builder.command().getFirst(), e.getCause());
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
