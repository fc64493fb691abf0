package dev.capstan.postgres.runs;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Many rows as the parameters of one statement: an array for each column, spread by {@code unnest}.
 */
final class Rows {
  private final String[] types;
  private final List<List<@Nullable Object>> columns = new ArrayList<>();

  Rows(String... types) {
    this.types = types;
    for (int i = 0; i < types.length; i++) {
      columns.add(new ArrayList<>());
    }
  }

  void add(@Nullable Object... row) {
    for (int i = 0; i < types.length; i++) {
      columns.get(i).add(row[i]);
    }
  }

  boolean isEmpty() {
    return columns.getFirst().isEmpty();
  }

  /** The parameters as they stand in a statement, in the order of the columns. */
  String arrays() {
    return Arrays.stream(types).map(type -> "?::" + type + "[]").collect(Collectors.joining(", "));
  }

  /** Sets the parameters from the one numbered {@code first}; returns the number after the last. */
  int set(Connection connection, PreparedStatement statement, int first) throws SQLException {
    for (int i = 0; i < types.length; i++) {
      String type = types[i].equals("timestamptz") ? "text" : types[i];
      statement.setArray(first + i, connection.createArrayOf(type, columns.get(i).toArray()));
    }
    return first + types.length;
  }

  /**
   * Executes the statement, whose {@code %s} becomes the arrays; does nothing without rows. Returns
   * how many rows of the table it changed.
   */
  int execute(Connection connection, String sql) throws SQLException {
    if (isEmpty()) {
      return 0;
    }
    try (PreparedStatement statement = connection.prepareStatement(sql.formatted(arrays()))) {
      set(connection, statement, 1);
      return statement.executeUpdate();
    }
  }
}
