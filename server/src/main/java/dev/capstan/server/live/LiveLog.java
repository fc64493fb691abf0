package dev.capstan.server.live;

import dev.capstan.control.records.RunQueries;
import dev.capstan.control.records.RunQueries.LogPage;
import dev.capstan.control.records.RunQueries.Logged;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows the log of all runs: one thread reads it while anybody follows, and every client takes
 * what it wants from the newest messages, each in its own thread. A client that asks for older ones
 * reads them from the database until it has caught up. One that falls behind the newest is cut off,
 * and hinders nobody. Safe for many threads.
 */
public final class LiveLog implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(LiveLog.class);
  private static final int NEWEST = 8_192;
  private static final int PAGE = 500;

  /** So that clients that catch up leave connections to the others. */
  private static final int CATCHING_UP_AT_ONCE = 4;

  private static final Duration HEARTBEAT = Duration.ofSeconds(10);

  /** An event may be held back for a writer that then gave up without a signal. */
  private static final Duration LOOK_AGAIN = Duration.ofMillis(500);

  private final RunQueries queries;
  private final Semaphore catchingUp = new Semaphore(CATCHING_UP_AT_ONCE);
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Recent recent;
  private final Thread reader;
  private int followers;
  private boolean closed;

  public LiveLog(RunQueries queries) {
    this(queries, NEWEST);
  }

  /** With so many of the newest messages at hand. */
  LiveLog(RunQueries queries, int newest) {
    this.queries = queries;
    this.recent = new Recent(newest);
    this.reader = Thread.ofVirtual().name("live-log").start(this::read);
  }

  private void read() {
    try {
      while (awaitFollower()) {
        readWhileFollowed();
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  /** False once this is closed. */
  private boolean awaitFollower() throws InterruptedException {
    lock.lock();
    try {
      while (followers == 0 && !closed) {
        changed.await();
      }
      return !closed;
    } finally {
      lock.unlock();
    }
  }

  private void readWhileFollowed() throws InterruptedException {
    Optional<Long> position = Optional.empty();
    while (goesOn()) {
      long seen = queries.changeCount();
      Optional<Long> next = read(position);
      if (next.equals(position)) {
        queries.awaitChange(seen, LOOK_AGAIN);
      }
      position = next;
    }
  }

  /** The position after reading on from one, or after finding one; the same if nothing came. */
  private Optional<Long> read(Optional<Long> position) {
    try {
      if (position.isEmpty()) {
        long end = queries.logEnd();
        begin(end);
        return Optional.of(end);
      }
      LogPage page = queries.log(position.get(), PAGE);
      add(page.events().stream().map(Message::of).toList());
      return page.events().isEmpty() ? position : Optional.of(page.through());
    } catch (RuntimeException outage) {
      LOG.warn("the log cannot be followed at the moment: {}", outage.getMessage());
      return position;
    }
  }

  private void begin(long position) {
    lock.lock();
    try {
      recent.beginAfter(position);
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Once nobody follows, nobody may join what is no longer read on. */
  private boolean goesOn() {
    lock.lock();
    try {
      if (followers == 0) {
        recent.forget();
      }
      return followers > 0 && !closed;
    } finally {
      lock.unlock();
    }
  }

  private void add(List<Message> messages) {
    lock.lock();
    try {
      messages.forEach(recent::add);
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /**
   * Sends what is wanted, in order, each once, until one of both ends. Throws what the sink throws
   * once the client is gone.
   */
  End follow(Wanted wanted, Sink sink) throws IOException, InterruptedException {
    enter();
    try {
      return new Follower(wanted, sink).follow();
    } finally {
      leave();
    }
  }

  /** Clients that follow now. */
  public int followers() {
    lock.lock();
    try {
      return followers;
    } finally {
      lock.unlock();
    }
  }

  private void enter() {
    lock.lock();
    try {
      followers++;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private void leave() {
    lock.lock();
    try {
      followers--;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void close() {
    lock.lock();
    try {
      closed = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
    reader.interrupt();
  }

  private final class Follower {
    private final Wanted wanted;
    private final Sink sink;
    private long position;
    private long lastSent = System.nanoTime();

    Follower(Wanted wanted, Sink sink) {
      this.wanted = wanted;
      this.sink = sink;
    }

    End follow() throws IOException, InterruptedException {
      position = wanted.after().isPresent() ? wanted.after().getAsLong() : end();
      sink.alive();
      sink.flush();
      OptionalLong joined = catchUp();
      return joined.isPresent() ? followFrom(joined.getAsLong()) : End.CLOSED;
    }

    private long end() throws InterruptedException {
      catchingUp.acquire();
      try {
        return queries.logEnd();
      } finally {
        catchingUp.release();
      }
    }

    /** The number of the first of the newest messages to take; empty once the log is closed. */
    private OptionalLong catchUp() throws IOException, InterruptedException {
      while (true) {
        OptionalLong number = join();
        if (number.isPresent() || isClosed()) {
          return number;
        }
        LogPage page = page();
        for (Logged event : page.events()) {
          send(Message.of(event));
        }
        position = Math.max(position, page.through());
        sink.flush();
      }
    }

    private LogPage page() throws InterruptedException {
      catchingUp.acquire();
      try {
        return queries.log(position, PAGE);
      } finally {
        catchingUp.release();
      }
    }

    /** Waits for the reader if it has only just been started. */
    private OptionalLong join() throws InterruptedException {
      lock.lock();
      try {
        long left = LOOK_AGAIN.toNanos();
        while (!recent.isReady() && !closed && left > 0) {
          left = changed.awaitNanos(left);
        }
        return recent.numberAfter(position);
      } finally {
        lock.unlock();
      }
    }

    private boolean isClosed() {
      lock.lock();
      try {
        return closed;
      } finally {
        lock.unlock();
      }
    }

    private End followFrom(long first) throws IOException, InterruptedException {
      long number = first;
      while (true) {
        Optional<List<Message>> newer = take(number);
        if (newer.isEmpty()) {
          return isClosed() ? End.CLOSED : End.TOO_SLOW;
        }
        for (Message message : newer.get()) {
          send(message);
        }
        number += newer.get().size();
        if (System.nanoTime() - lastSent > HEARTBEAT.toNanos()) {
          sink.alive();
          lastSent = System.nanoTime();
        }
        sink.flush();
      }
    }

    /** Waits for some; empty if this is closed or they were overwritten. */
    private Optional<List<Message>> take(long number) throws InterruptedException {
      lock.lock();
      try {
        long left = HEARTBEAT.toNanos();
        while (!closed) {
          Optional<List<Message>> found = recent.from(number, PAGE);
          if (found.isEmpty() || !found.get().isEmpty() || left <= 0) {
            return found;
          }
          left = changed.awaitNanos(left);
        }
        return Optional.empty();
      } finally {
        lock.unlock();
      }
    }

    private void send(Message message) throws IOException {
      if (message.sequence() <= position) {
        return;
      }
      position = message.sequence();
      if (wanted.has(message)) {
        sink.send(message);
        lastSent = System.nanoTime();
      }
    }
  }
}
