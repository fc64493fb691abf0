package dev.capstan.postgres.records;

import dev.capstan.postgres.access.Visible;
import dev.capstan.postgres.database.Transactions;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One statement in its own transaction, for records that change one by one. */
final class Sql {
  private final Transactions transactions;

  Sql(Transactions transactions) {
    this.transactions = transactions;
  }

  /** Makes a value of the row that the result set stands on. */
  interface RowReader<T> {
    T read(ResultSet row) throws SQLException;
  }

  <T> List<T> query(String sql, RowReader<T> reader, @Nullable Object... parameters) {
    return transactions.readOnly(connection -> {
      try (PreparedStatement select = prepare(connection, sql, parameters);
          ResultSet row = select.executeQuery()) {
        return all(row, reader);
      }
    });
  }

  /** The parameters first, then those of what is visible, then the last ones. */
  <T> List<T> query(
      String sql, RowReader<T> reader, List<Object> first, Visible visible, Object... last) {
    List<Object> parameters = new ArrayList<>(first);
    parameters.addAll(visible.values());
    parameters.addAll(Arrays.asList(last));
    return query(sql, reader, parameters.toArray());
  }

  static <T> List<T> all(ResultSet row, RowReader<T> reader) throws SQLException {
    List<T> found = new ArrayList<>();
    while (row.next()) {
      found.add(reader.read(row));
    }
    return found;
  }

  int update(String sql, @Nullable Object... parameters) {
    return transactions.inTransaction(connection -> {
      try (PreparedStatement update = prepare(connection, sql, parameters)) {
        return update.executeUpdate();
      }
    });
  }

  /** A moment as a parameter. */
  static OffsetDateTime parameter(Instant moment) {
    return moment.atOffset(ZoneOffset.UTC);
  }

  static Instant instant(ResultSet row, String column) throws SQLException {
    return row.getObject(column, OffsetDateTime.class).toInstant();
  }

  private static PreparedStatement prepare(
      Connection connection, String sql, @Nullable Object... parameters) throws SQLException {
    PreparedStatement statement = connection.prepareStatement(sql);
    for (int i = 0; i < parameters.length; i++) {
      statement.setObject(i + 1, parameters[i]);
    }
    return statement;
  }
}
