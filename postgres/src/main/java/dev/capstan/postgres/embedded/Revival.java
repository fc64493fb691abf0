package dev.capstan.postgres.embedded;

import java.io.IOException;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Starts a server again, on its port, whenever its process has ended and nobody wanted it to: it
 * was killed, or the system took its memory. Tries on until it succeeds or is closed.
 */
final class Revival implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Revival.class);
  private static final int PAUSES_BETWEEN_TRIES = 10;

  private final Postmaster postmaster;
  private volatile PostmasterPid process;
  private boolean closed;

  private Revival(Postmaster postmaster, PostmasterPid process) {
    this.postmaster = postmaster;
    this.process = process;
  }

  static Revival of(Postmaster postmaster, PostmasterPid process) {
    Revival revival = new Revival(postmaster, process);
    revival.watch();
    return revival;
  }

  /** The server as it was last started. */
  PostmasterPid process() {
    return process;
  }

  private void watch() {
    Thread.ofPlatform().daemon().name("postgres-watch").start(this::awaitEnds);
  }

  private void awaitEnds() {
    while (true) {
      ProcessHandle.of(process.pid()).ifPresent(server -> server.onExit().join());
      for (int tried = 0; !revive(tried); tried++) {
        for (int i = 0; i < PAUSES_BETWEEN_TRIES; i++) {
          Pause.briefly();
        }
      }
      if (isClosed()) {
        return;
      }
    }
  }

  /** Under the lock, so that closing waits for a start under way and none follows it. */
  private synchronized boolean revive(int tried) {
    if (closed) {
      return true;
    }
    try {
      LOG.warn(
          "PostgreSQL {} has ended; starting it again on port {}", process.pid(), process.port());
      Program.Outcome outcome = postmaster.start(process.port());
      Optional<PostmasterPid> started = postmaster.running();
      started.ifPresent(now -> process = now);
      if (started.isEmpty() && tried == 0) {
        LOG.warn("PostgreSQL does not start, it is tried on: {}", outcome.output());
      }
      return started.isPresent();
    } catch (IOException | EmbeddedPostgresFailed failure) {
      LOG.warn("PostgreSQL does not start, it is tried on", failure);
      return false;
    }
  }

  private synchronized boolean isClosed() {
    return closed;
  }

  /** From here on its end is meant. */
  @Override
  public synchronized void close() {
    closed = true;
  }
}
