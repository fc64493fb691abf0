package dev.capstan.postgres.runs;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.StringJoiner;

/** Statements that are sent together, so that all of them cost one round trip. */
final class Pipeline {
  private final StringJoiner sql = new StringJoiner(";\n");
  private final List<Rows> parameters = new ArrayList<>();

  /** Adds a statement without parameters. */
  void add(String statement) {
    sql.add(statement);
  }

  /** Adds a statement whose {@code %s} becomes the rows; adds nothing without rows. */
  void add(Rows rows, String statement) {
    if (!rows.isEmpty()) {
      sql.add(statement.formatted(rows.arrays()));
      parameters.add(rows);
    }
  }

  /** Executes them in the order they were added. */
  void execute(Connection connection) throws SQLException {
    if (sql.length() == 0) {
      return;
    }
    try (PreparedStatement statement = connection.prepareStatement(sql.toString())) {
      int next = 1;
      for (Rows rows : parameters) {
        next = rows.set(connection, statement, next);
      }
      statement.execute();
    }
  }
}
