package dev.capstan.postgres.testing;

import dev.capstan.postgres.database.Transactions;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** Plain SQL, for what a test arranges and looks at behind the code's back. */
public final class Statements {
  private Statements() {}

  public static int execute(Transactions transactions, String sql) {
    return transactions.inTransaction(connection -> execute(connection, sql));
  }

  public static int execute(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      return statement.execute(sql) ? 0 : statement.getUpdateCount();
    }
  }

  public static long number(Transactions transactions, String sql) {
    return Long.parseLong(texts(transactions, sql).getFirst());
  }

  /** The first column of each row. */
  public static List<String> texts(Transactions transactions, String sql) {
    return transactions.readOnly(connection -> {
      try (Statement statement = connection.createStatement();
          ResultSet row = statement.executeQuery(sql)) {
        List<String> found = new ArrayList<>();
        while (row.next()) {
          found.add(row.getString(1));
        }
        return found;
      }
    });
  }
}
