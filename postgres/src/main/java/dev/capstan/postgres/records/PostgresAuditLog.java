package dev.capstan.postgres.records;

import dev.capstan.control.access.Access;
import dev.capstan.control.access.AuditLog;
import dev.capstan.postgres.access.Visible;
import dev.capstan.postgres.database.Transactions;
import java.util.List;

/** The audit in PostgreSQL, where a trigger lets nothing be changed. */
public final class PostgresAuditLog implements AuditLog {
  private final Sql sql;

  public PostgresAuditLog(Transactions transactions) {
    this.sql = new Sql(transactions);
  }

  @Override
  public void add(Entry entry) {
    sql.update(
        """
        insert into audit (who, token_id, organisation_id, action, resource, outcome, reason, address)
        values (?, ?, ?, ?, ?, ?, ?, ?)
        """,
        entry.who(),
        entry.token(),
        entry.organisation(),
        entry.action(),
        entry.resource(),
        entry.allowed() ? "allowed" : "refused",
        entry.reason(),
        entry.address());
  }

  @Override
  public List<Placed> read(Access access, long afterPosition, int most) {
    Visible visible = Visible.organisation(access, "organisation_id");
    return sql.query(
        """
        select position, at, who, token_id, organisation_id, action, resource, outcome, reason, address from audit
        where position > ? and %s order by position limit ?
        """
            .formatted(visible.condition()),
        row ->
            new Placed(
                row.getLong("position"),
                Sql.instant(row, "at"),
                new Entry(
                    row.getString("who"),
                    row.getString("token_id"),
                    row.getString("organisation_id"),
                    row.getString("action"),
                    row.getString("resource"),
                    row.getString("outcome").equals("allowed"),
                    row.getString("reason"),
                    row.getString("address"))),
        List.of(afterPosition),
        visible,
        most);
  }
}
