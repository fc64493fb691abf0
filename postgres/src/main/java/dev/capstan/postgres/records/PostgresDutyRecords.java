package dev.capstan.postgres.records;

import dev.capstan.control.cluster.Duties;
import dev.capstan.postgres.database.Transactions;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;

/** How duties went, in PostgreSQL. */
public final class PostgresDutyRecords implements Duties {
  private final Sql sql;

  public PostgresDutyRecords(Transactions transactions) {
    this.sql = new Sql(transactions);
  }

  @Override
  public List<Done> list() {
    return sql.query(
        """
        select duty.*, scheduled_duty.execution_time as next_at
        from duty left join scheduled_duty on task_name = duty.name order by duty.name
        """,
        PostgresDutyRecords::done);
  }

  private static Done done(ResultSet row) throws SQLException {
    return new Done(
        row.getString("name"),
        row.getString("about"),
        row.getLong("every_seconds"),
        row.getString("server_id"),
        Sql.instant(row, "begun_at"),
        optional(row, "ended_at"),
        row.getBoolean("failed"),
        row.getString("outcome"),
        optional(row, "next_at"));
  }

  private static Optional<Instant> optional(ResultSet row, String column) throws SQLException {
    return Optional.ofNullable(row.getObject(column, OffsetDateTime.class))
        .map(OffsetDateTime::toInstant);
  }
}
