package dev.capstan.postgres.queue;

import dev.capstan.postgres.database.Transactions;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** The one row about the installation itself. */
public final class PostgresInstallation {
  private PostgresInstallation() {}

  /** The installation's name, which never changes; its processes are marked with it. */
  public static String id(Transactions transactions) {
    return transactions.inTransaction(
        connection -> text(connection, "select id from installation"));
  }

  /** Begins a new epoch, durably, and gives its number: larger than any before. */
  static long beginEpoch(Transactions transactions) {
    return transactions.inTransaction(connection ->
        Long.parseLong(
            text(connection, "update installation set epoch = epoch + 1 returning epoch")));
  }

  private static String text(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      if (!row.next()) {
        throw new IllegalStateException("the database holds no installation");
      }
      return row.getString(1);
    }
  }
}
