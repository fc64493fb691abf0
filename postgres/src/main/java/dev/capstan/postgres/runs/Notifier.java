package dev.capstan.postgres.runs;

import dev.capstan.postgres.database.Transactions;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells the other processes on this database that something was committed. Several commits share a
 * notification, and none waits for it: PostgreSQL lets transactions that notify commit one by one
 * only. One that is lost in a crash is made up for by their polling.
 */
final class Notifier {
  private static final Logger LOG = LoggerFactory.getLogger(Notifier.class);

  private final Transactions transactions;
  private final String channel;
  private final AtomicBoolean due = new AtomicBoolean();

  Notifier(Transactions transactions, String channel) {
    this.transactions = transactions;
    this.channel = channel;
  }

  /** Returns at once. Call it after the commit, so that who is told finds what is told. */
  void tellOthers() {
    if (due.compareAndSet(false, true)) {
      Thread.ofVirtual().name("notify").start(this::send);
    }
  }

  private void send() {
    try {
      transactions.inTransaction(connection -> {
        due.set(false);
        try (Statement notify = connection.createStatement()) {
          return notify.execute("set local synchronous_commit = off; notify " + channel);
        }
      });
    } catch (RuntimeException outage) {
      due.set(false);
      LOG.info(
          "other processes were not notified, they find it by polling: {}", outage.getMessage());
    }
  }
}
