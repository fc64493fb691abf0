package dev.capstan.postgres.cluster;

import com.github.kagkarlsson.scheduler.Clock;
import dev.capstan.postgres.database.Transactions;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;

/**
 * The database's time, so that servers whose clocks differ agree on who is late. It is asked for
 * now and then; in between this process's own clock goes on from there.
 */
final class DatabaseClock implements Clock {
  private static final long ASK_AGAIN_NANOS = Duration.ofMinutes(1).toNanos();

  private final Transactions transactions;
  private volatile Reading reading;

  private record Reading(Instant time, long nanos) {
    Duration age() {
      return Duration.ofNanos(System.nanoTime() - nanos);
    }
  }

  DatabaseClock(Transactions transactions) {
    this.transactions = transactions;
    this.reading = ask();
  }

  private Reading ask() {
    long before = System.nanoTime();
    Instant time =
        transactions.readOnly(connection -> {
          try (Statement select = connection.createStatement();
              ResultSet row = select.executeQuery("select clock_timestamp()")) {
            row.next();
            return row.getObject(1, OffsetDateTime.class).toInstant();
          }
        });
    return new Reading(time, before);
  }

  @Override
  public Instant now() {
    Reading last = reading;
    if (last.age().toNanos() > ASK_AGAIN_NANOS) {
      last = ask();
      reading = last;
    }
    return last.time().plus(last.age());
  }
}
