package dev.capstan.server.auth;

import dev.capstan.control.access.Tokens;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends what goes on for longer than a request once the token that it was begun with is good no
 * more: revoked, here or at another server, or expired. It looks every two seconds, with one query
 * for all. Safe for many threads.
 */
public final class LiveTokens implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(LiveTokens.class);
  private static final Duration LOOK = Duration.ofSeconds(2);

  private final Tokens tokens;
  private final Set<Watch> watched = ConcurrentHashMap.newKeySet();
  private final Thread thread;

  /** Starts at once. */
  public LiveTokens(Tokens tokens) {
    this.tokens = tokens;
    this.thread = Thread.ofVirtual().name("live-tokens").start(this::look);
  }

  /** One stream, until it is closed. */
  public final class Watch implements AutoCloseable {
    private final String token;
    private final Thread stream;
    private boolean over;
    private boolean ended;

    private Watch(String token, Thread stream) {
      this.token = token;
      this.stream = stream;
    }

    /** True if the token was the reason for the interruption. */
    public synchronized boolean hasEnded() {
      return ended;
    }

    private synchronized void end() {
      ended = true;
      if (!over) {
        stream.interrupt();
      }
    }

    /** After it the stream's thread is not interrupted any more. */
    @Override
    public synchronized void close() {
      over = true;
      watched.remove(this);
      if (ended) {
        Thread.interrupted();
      }
    }
  }

  /**
   * Interrupts this thread once the caller's token is good no more. The owner of the data folder
   * has none that could be revoked.
   */
  public Watch watch(Caller caller) {
    Watch watch = new Watch(caller.token(), Thread.currentThread());
    if (!caller.token().isEmpty() && !caller.token().startsWith(People.TOKEN)) {
      watched.add(watch);
    }
    return watch;
  }

  private void look() {
    try {
      while (true) {
        Thread.sleep(LOOK);
        endOthers();
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private void endOthers() {
    Set<String> held = watched.stream().map(watch -> watch.token).collect(Collectors.toSet());
    if (held.isEmpty()) {
      return;
    }
    try {
      Set<String> good = tokens.good(held);
      held.removeAll(good);
      watched.stream().filter(watch -> held.contains(watch.token)).forEach(Watch::end);
    } catch (RuntimeException outage) {
      LOG.warn("tokens of streams cannot be looked up at the moment: {}", outage.getMessage());
    }
  }

  @Override
  public void close() {
    thread.interrupt();
  }
}
