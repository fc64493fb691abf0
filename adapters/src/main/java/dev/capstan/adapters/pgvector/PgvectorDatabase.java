package dev.capstan.adapters.pgvector;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.capstan.knowledge.vectors.VectorsUnavailable;
import dev.capstan.postgres.database.DatabaseAddress;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;

/**
 * A PostgreSQL that has pgvector, with one table for the vectors of all projects, made when it is
 * first needed. Safe for many threads.
 */
public final class PgvectorDatabase implements AutoCloseable {
  private static final Duration TO_CONNECT = Duration.ofSeconds(5);
  private static final int CONNECTIONS = 4;

  private final DatabaseAddress address;
  private final String table;
  private final HikariDataSource connections;
  private volatile boolean ready;

  /** Work on one connection, in one transaction. */
  interface Work<T> {
    T in(Connection connection) throws SQLException;
  }

  /**
   * Reaches nothing yet.
   *
   * @param prefix of the table's name: letters, digits and {@code _}
   */
  public PgvectorDatabase(DatabaseAddress address, String prefix) {
    this.address = address;
    this.table = prefix + "_vectors_1";
    HikariConfig config = new HikariConfig();
    config.setJdbcUrl(address.jdbcUrl());
    config.setUsername(address.user());
    config.setPassword(address.password());
    config.setMaximumPoolSize(CONNECTIONS);
    config.setMinimumIdle(0);
    config.setConnectionTimeout(TO_CONNECT.toMillis());
    config.setInitializationFailTimeout(-1);
    config.setAutoCommit(false);
    config.setPoolName("pgvector");
    this.connections = new HikariDataSource(config);
  }

  /** The one of this layout; another layout gets another number. */
  String table() {
    return table;
  }

  /** All or nothing. */
  <T> T transaction(Work<T> work) {
    try (Connection connection = connections.getConnection()) {
      try {
        if (!ready) {
          prepare(connection);
        }
        T result = work.in(connection);
        connection.commit();
        ready = true;
        return result;
      } catch (SQLException | RuntimeException failure) {
        connection.rollback();
        throw failure;
      }
    } catch (SQLException failure) {
      ready = false;
      throw new VectorsUnavailable(
          "pgvector at " + address + " does not answer: " + failure.getMessage(), failure);
    }
  }

  /** Several servers may do so at once. */
  private void prepare(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("select pg_advisory_xact_lock(hashtext('" + table + "'))");
      statement.execute("create extension if not exists vector");
      statement.execute(
          """
          create table if not exists %1$s (
            project text not null,
            model text not null,
            unit text not null,
            piece integer not null,
            path text not null,
            line integer not null,
            hash text not null,
            embedding vector not null,
            primary key (project, model, unit, piece))
          """
              .formatted(table));
      statement.execute(
          "create index if not exists %1$s_hash on %1$s (project, model, hash)".formatted(table));
    }
  }

  @Override
  public void close() {
    connections.close();
  }
}
