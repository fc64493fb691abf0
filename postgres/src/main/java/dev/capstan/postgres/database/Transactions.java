package dev.capstan.postgres.database;

import static dev.capstan.postgres.database.DatabaseUnavailable.Reason.DISK_FULL;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Runs work in a transaction at the level READ COMMITTED, one connection for each call; safe for
 * many threads.
 *
 * <p>Work is done again, up to five times, when the server undid it for the sake of another
 * transaction or when the connection broke before commit was sent; so work must have no effect but
 * through its connection. Once commit was sent and no answer came, nobody knows whether it took
 * place: that is {@link CommitUnknown} and is never repeated here.
 */
public final class Transactions {
  private static final int TRIES = 5;

  /** What is to be done in one transaction; it may run more than once. */
  @FunctionalInterface
  public interface Work<T extends @Nullable Object> {
    T on(Connection connection) throws SQLException;
  }

  private final DataSource source;

  public Transactions(DataSource source) {
    this.source = source;
  }

  /**
   * Commits what the work did, or nothing of it if it throws.
   *
   * @throws DatabaseFailure if the database refuses
   * @throws CommitUnknown if the connection broke while committing
   * @throws DatabaseUnavailable if the disk of the database is full
   */
  public <T extends @Nullable Object> T inTransaction(Work<T> work) {
    return tryAgain(work, false);
  }

  /** Like {@link #inTransaction}, and the server refuses to write. */
  public <T extends @Nullable Object> T readOnly(Work<T> work) {
    return tryAgain(work, true);
  }

  private <T extends @Nullable Object> T tryAgain(Work<T> work, boolean readOnly) {
    for (int attempt = 1; ; attempt++) {
      try {
        return once(work, readOnly);
      } catch (SQLException failure) {
        if (attempt == TRIES || !mayBeRepeated(failure)) {
          throw translate(failure);
        }
        pause(attempt);
      }
    }
  }

  private <T extends @Nullable Object> T once(Work<T> work, boolean readOnly) throws SQLException {
    try (Connection connection = source.getConnection()) {
      connection.setReadOnly(readOnly);
      connection.setAutoCommit(false);
      T result;
      try {
        result = work.on(connection);
      } catch (SQLException | RuntimeException | Error failure) {
        undo(connection, failure);
        throw failure;
      }
      commit(connection, readOnly);
      return result;
    }
  }

  /** Of work that only read nothing is unknown: it is done again like any other. */
  private static void commit(Connection connection, boolean readOnly) throws SQLException {
    try {
      connection.commit();
    } catch (SQLException failure) {
      if (!readOnly && SqlStates.isConnectionLost(failure)) {
        throw new CommitUnknown(failure);
      }
      throw failure;
    }
  }

  private static void undo(Connection connection, Throwable failure) {
    try {
      connection.rollback();
    } catch (SQLException second) {
      failure.addSuppressed(second);
    }
  }

  private static boolean mayBeRepeated(SQLException failure) {
    return SqlStates.isConflict(failure)
        || SqlStates.isConnectionLost(failure)
        || failure instanceof SQLTransientConnectionException;
  }

  private static RuntimeException translate(SQLException failure) {
    if (SqlStates.of(failure).equals(SqlStates.DISK_FULL)) {
      return new DatabaseUnavailable(
          DISK_FULL,
          "The disk of the database is full ("
              + failure.getMessage()
              + "). Nothing of this transaction was kept; free some space there.",
          failure);
    }
    return new DatabaseFailure(failure);
  }

  /** 10 to 20 ms, doubled at each attempt, so that two that collided don't collide again. */
  private static void pause(int attempt) {
    long milliseconds = ThreadLocalRandom.current().nextLong(10, 20) << (attempt - 1);
    LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(milliseconds));
  }
}
