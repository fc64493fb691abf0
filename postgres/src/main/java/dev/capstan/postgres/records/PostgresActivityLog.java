package dev.capstan.postgres.records;

import dev.capstan.control.records.ActivityLog;
import dev.capstan.core.RunId;
import dev.capstan.postgres.database.Transactions;
import dev.capstan.postgres.runs.Signal;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;

/**
 * What work prints, in PostgreSQL. Losing the last moments in a crash is accepted, so it does not
 * wait for the disk.
 */
public final class PostgresActivityLog implements ActivityLog {
  private final Transactions transactions;
  private final Sql sql;
  private final Signal signal;

  public PostgresActivityLog(Transactions transactions, Signal signal) {
    this.transactions = transactions;
    this.sql = new Sql(transactions);
    this.signal = signal;
  }

  @Override
  public void append(List<Line> lines) {
    String insert =
        """
        insert into activity (run_id, step, attempt, channel, line, at) values (?, ?, ?, ?, ?, ?::timestamptz)
        """;
    transactions.inTransaction(connection -> {
      try (PreparedStatement statement = connection.prepareStatement(insert)) {
        connection.createStatement().execute("set local synchronous_commit = off");
        for (Line line : lines) {
          statement.setString(1, line.run().value());
          statement.setString(2, line.step());
          statement.setInt(3, line.attempt());
          statement.setString(4, line.channel());
          statement.setString(5, line.text().replace('\0', '\ufffd'));
          statement.setString(6, line.at().toString());
          statement.addBatch();
        }
        return statement.executeBatch();
      }
    });
    signal.give();
  }

  @Override
  public List<Placed> read(RunId run, long afterPosition, int most) {
    return sql.query(
        """
        select position, run_id, step, attempt, channel, line, at from activity
        where run_id = ? and position > ? order by position limit ?
        """,
        PostgresActivityLog::placed,
        run.value(),
        afterPosition,
        most);
  }

  private static Placed placed(ResultSet row) throws SQLException {
    return new Placed(
        row.getLong("position"),
        new Line(
            new RunId(row.getString("run_id")),
            row.getString("step"),
            row.getInt("attempt"),
            row.getString("channel"),
            row.getString("line"),
            Sql.instant(row, "at")));
  }
}
