package dev.capstan.bench;

import dev.capstan.postgres.database.DatabaseAddress;
import dev.capstan.postgres.embedded.DataFolder;
import dev.capstan.postgres.embedded.EmbeddedPostgres;
import dev.capstan.postgres.embedded.Ownership.Owned;
import dev.capstan.postgres.embedded.Ownership.OwnedBy;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** The embedded server as the product starts it, which refuses to run without fsync. */
final class Postgres implements AutoCloseable {
  private final DataFolder folder;
  private final EmbeddedPostgres server;
  private int databases;

  Postgres(Path path) {
    this.folder =
        switch (DataFolder.tryOwn(path)) {
          case Owned(DataFolder owned) -> owned;
          case OwnedBy owner -> throw new IllegalStateException("the folder is taken: " + owner);
        };
    this.server = EmbeddedPostgres.start(folder, path);
  }

  /** An empty database; the rounds before leave nothing in it. */
  DatabaseAddress create() throws SQLException {
    databases++;
    String name = "round_" + databases;
    execute("drop database if exists " + name + " with (force)");
    execute("create database " + name);
    execute("checkpoint");
    return server.address().withDatabase(name);
  }

  void drop(DatabaseAddress address) throws SQLException {
    execute("drop database " + address.database() + " with (force)");
  }

  /** How many bytes of log this server has written so far. */
  long writtenLog() throws SQLException {
    try (Connection connection = connect();
        Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                "select pg_wal_lsn_diff(pg_current_wal_insert_lsn(), '0/0')::bigint")) {
      row.next();
      return row.getLong(1);
    }
  }

  private void execute(String sql) throws SQLException {
    try (Connection connection = connect();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private Connection connect() throws SQLException {
    DatabaseAddress address = server.address();
    return DriverManager.getConnection(address.jdbcUrl(), address.user(), address.password());
  }

  @Override
  public void close() {
    server.close();
    folder.close();
  }
}
