package dev.capstan.worker.protocol;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Consumer;

/**
 * Passes on in one piece what comes while the piece before is being passed on. In order; safe for
 * many threads.
 */
public final class Gathering<T> implements AutoCloseable {
  private static final int MOST = 256;

  private final BlockingQueue<T> waiting = new LinkedBlockingQueue<>();
  private final Thread thread;

  /** Passes on to {@code next}, which must not throw. */
  public Gathering(String name, Consumer<List<T>> next) {
    thread = Thread.ofVirtual().name(name).start(() -> pass(next));
  }

  public void add(T item) {
    waiting.add(item);
  }

  private void pass(Consumer<List<T>> next) {
    try {
      while (true) {
        List<T> items = new ArrayList<>();
        items.add(waiting.take());
        waiting.drainTo(items, MOST - 1);
        next.accept(items);
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  /** Ends; what still waits is not passed on. */
  @Override
  public void close() {
    thread.interrupt();
  }
}
