package dev.capstan.postgres.runs;

import dev.capstan.postgres.database.Database;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.locks.LockSupport;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Passes on the notifications of every process on this database as a {@link Signal}. */
public final class Listener implements AutoCloseable {
  static final String CHANNEL = "capstan_committed";

  private static final Logger LOG = LoggerFactory.getLogger(Listener.class);
  private static final int LOOK_UP_MILLIS = 500;
  private static final long PAUSE_NANOS = 500_000_000;

  private final Database database;
  private final Signal signal;
  private final Interventions interventions;
  private final Thread thread;
  private volatile boolean closed;

  public Listener(Database database, Signal signal, Interventions interventions) {
    this.database = database;
    this.signal = signal;
    this.interventions = interventions;
    this.thread = Thread.ofPlatform().daemon().name("listener").start(this::listen);
  }

  private void listen() {
    while (!closed) {
      try (Connection connection = database.dataSource().getConnection();
          Statement statement = connection.createStatement()) {
        statement.execute("listen " + CHANNEL + "; listen " + Interventions.CHANNEL);
        interventions.heard();
        pass(connection.unwrap(PGConnection.class));
        statement.execute("unlisten *");
      } catch (SQLException lost) {
        if (!closed) {
          LOG.warn("notifications are interrupted, polling goes on: {}", lost.getMessage());
          LockSupport.parkNanos(PAUSE_NANOS);
        }
      }
    }
  }

  private void pass(PGConnection connection) throws SQLException {
    while (!closed) {
      for (PGNotification told : connection.getNotifications(LOOK_UP_MILLIS)) {
        if (told.getName().equals(Interventions.CHANNEL)) {
          interventions.heard();
        } else {
          signal.give();
        }
      }
    }
  }

  @Override
  public void close() {
    closed = true;
    try {
      thread.join();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
