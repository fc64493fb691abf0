package dev.capstan.postgres.records;

import dev.capstan.control.records.Outbox;
import dev.capstan.core.RunId;
import dev.capstan.postgres.database.Transactions;
import java.util.List;
import java.util.Optional;

/** Effects outside, in PostgreSQL. */
public final class PostgresOutbox implements Outbox {
  private final Sql sql;

  public PostgresOutbox(Transactions transactions) {
    this.sql = new Sql(transactions);
  }

  @Override
  public void intend(Intended effect) {
    sql.update(
        "insert into outbox (key, run_id, kind, detail) values (?, ?, ?, ?) on conflict (key) do nothing",
        effect.key(),
        effect.run().value(),
        effect.kind(),
        effect.detail());
  }

  @Override
  public void done(String key, String result) {
    sql.update(
        "update outbox set done_at = now(), result = ? where key = ? and done_at is null",
        result,
        key);
  }

  @Override
  public List<Intended> open() {
    return sql.query(
        "select key, run_id, kind, detail from outbox where done_at is null order by intended_at",
        row ->
            new Intended(
                row.getString("key"),
                new RunId(row.getString("run_id")),
                row.getString("kind"),
                row.getString("detail")));
  }

  @Override
  public List<Recorded> of(RunId run) {
    return sql.query(
        "select key, kind, detail, result from outbox where run_id = ? order by intended_at, key",
        row ->
            new Recorded(
                row.getString("key"),
                row.getString("kind"),
                row.getString("detail"),
                Optional.ofNullable(row.getString("result"))),
        run.value());
  }
}
