package dev.capstan.server.webhook;

import dev.capstan.control.records.Inbox;
import dev.capstan.control.records.Inbox.Message;
import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells runs what was said of them, one message after the other. After a crash whatever was not
 * settled is told again, which changes nothing that was told before.
 */
public final class InboxRunner implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(InboxRunner.class);
  private static final Duration HOLD = Duration.ofMinutes(5);
  private static final Duration FIRST_DELAY = Duration.ofSeconds(1);
  private static final int MOST_TRIES = 12;
  private static final int AT_ONCE = 20;
  private static final long LOOK_MILLIS = 300;

  private final Inbox inbox;
  private final Telling telling;
  private final Thread thread;

  /** Begins at once. */
  public InboxRunner(Inbox inbox, Telling telling) {
    this.inbox = inbox;
    this.telling = telling;
    this.thread = Thread.ofVirtual().name("inbox").start(this::work);
  }

  private void work() {
    while (!Thread.currentThread().isInterrupted()) {
      try {
        List<Message> messages = inbox.claim(AT_ONCE, HOLD);
        messages.forEach(this::tell);
        if (messages.isEmpty()) {
          Thread.sleep(LOOK_MILLIS);
        }
      } catch (InterruptedException _) {
        return;
      } catch (RuntimeException outage) {
        LOG.warn("what CI and forges say waits for the store: {}", outage.getMessage());
        pause();
      }
    }
  }

  private static void pause() {
    try {
      Thread.sleep(LOOK_MILLIS);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private void tell(Message message) {
    Telling.Outcome outcome;
    try {
      outcome = telling.tell(message);
    } catch (RuntimeException failure) {
      LOG.warn("{} was not told", message.id(), failure);
      outcome = new Telling.Outcome.Later(String.valueOf(failure.getMessage()));
    }
    switch (outcome) {
      case Telling.Outcome.Done(var how) -> settle(message, how);
      case Telling.Outcome.Later(var why) when message.tries() + 1 < MOST_TRIES ->
          inbox.postpone(message.id(), FIRST_DELAY.multipliedBy(1L << message.tries()), why);
      case Telling.Outcome.Later(var why) -> settle(message, "given up: " + why);
    }
  }

  private void settle(Message message, String how) {
    LOG.info("{}: {}", message.id(), how);
    inbox.done(message.id(), how);
  }

  @Override
  public void close() {
    thread.interrupt();
    try {
      thread.join();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
