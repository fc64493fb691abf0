package dev.capstan.server.models;

import dev.capstan.control.Lease;
import dev.capstan.models.Exchange;
import dev.capstan.models.Session;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;

/** An attempt's right to ask models. Safe for many threads. */
final class Ticket {
  private final Lease lease;
  private final Session session;
  private final Set<Exchange> underWay = new HashSet<>();
  private boolean ended;

  Ticket(Lease lease, Session session) {
    this.lease = lease;
    this.session = session;
  }

  Lease lease() {
    return lease;
  }

  Session session() {
    return session;
  }

  /** False if the right has ended. */
  synchronized boolean begin(Exchange exchange) {
    return !ended && underWay.add(exchange);
  }

  synchronized void finished(Exchange exchange) {
    underWay.remove(exchange);
    notifyAll();
  }

  synchronized boolean isIdle() {
    return underWay.isEmpty();
  }

  /** Nothing is asked any more, and what is under way is cut off. */
  synchronized void end() {
    ended = true;
    underWay.forEach(Exchange::cut);
  }

  /** Waits until nothing is under way, at most that long. */
  synchronized void awaitIdle(Duration atMost) throws InterruptedException {
    long deadline = System.nanoTime() + atMost.toNanos();
    for (long left = atMost.toMillis(); !underWay.isEmpty() && left > 0; ) {
      wait(left);
      left = (deadline - System.nanoTime()) / 1_000_000;
    }
  }
}
