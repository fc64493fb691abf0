package dev.capstan.server;

import dev.capstan.control.cluster.Cluster;
import dev.capstan.control.dispatch.Dispatcher;
import java.time.Duration;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says every few seconds that this server is there, and who is connected to it. */
final class HeartBeat implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(HeartBeat.class);
  private static final Duration PAUSE = Duration.ofSeconds(2);

  private final Cluster cluster;
  private final Supplier<Cluster.Self> self;
  private final Dispatcher dispatcher;
  private final Thread thread;

  /** Begins at once. */
  HeartBeat(Cluster cluster, Supplier<Cluster.Self> self, Dispatcher dispatcher) {
    this.cluster = cluster;
    this.self = self;
    this.dispatcher = dispatcher;
    this.thread = Thread.ofVirtual().name("heartbeat").start(this::beat);
  }

  private void beat() {
    try {
      while (!Thread.currentThread().isInterrupted()) {
        announce();
        Thread.sleep(PAUSE);
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private void announce() {
    try {
      cluster.announce(self.get(), dispatcher.presences());
    } catch (RuntimeException outage) {
      LOG.debug("this server was not announced", outage);
    }
  }

  /** Says that it goes. */
  @Override
  public void close() {
    thread.interrupt();
    try {
      thread.join();
      cluster.leave(self.get().id());
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException outage) {
      LOG.debug("nobody was told that this server goes", outage);
    }
  }
}
