package dev.capstan.postgres.records;

import dev.capstan.control.records.Inbox;
import dev.capstan.core.RunId;
import dev.capstan.postgres.database.Transactions;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.time.Duration;
import java.util.List;

/** What CI and forges said, in PostgreSQL. */
public final class PostgresInbox implements Inbox {
  private final Transactions transactions;
  private final Sql sql;

  public PostgresInbox(Transactions transactions) {
    this.transactions = transactions;
    this.sql = new Sql(transactions);
  }

  @Override
  public boolean take(String id, String digest, String kind, String body) {
    return sql.update(
            "insert into inbox (id, digest, kind, body) values (?, ?, ?, ?) on conflict do nothing",
            id,
            digest,
            kind,
            body)
        > 0;
  }

  @Override
  public List<Message> claim(int most, Duration hold) {
    return transactions.inTransaction(connection -> {
      try (PreparedStatement claim =
          connection.prepareStatement(
              """
              update inbox set ready_at = now() + make_interval(secs => ?)
              where id in (
                select id from inbox where done_at is null and ready_at <= now()
                order by ready_at, received_at limit ? for update skip locked)
              returning id, kind, body, tries
              """)) {
        claim.setDouble(1, hold.toMillis() / 1_000.0);
        claim.setInt(2, most);
        try (ResultSet row = claim.executeQuery()) {
          return Sql.all(
              row,
              one ->
                  new Message(
                      one.getString("id"),
                      one.getString("kind"),
                      one.getString("body"),
                      one.getInt("tries")));
        }
      }
    });
  }

  @Override
  public void done(String id, String outcome) {
    sql.update(
        "update inbox set done_at = now(), outcome = ? where id = ? and done_at is null",
        outcome,
        id);
  }

  @Override
  public void postpone(String id, Duration delay, String outcome) {
    sql.update(
        """
        update inbox set ready_at = now() + make_interval(secs => ?), outcome = ?, tries = tries + 1
        where id = ? and done_at is null
        """,
        delay.toMillis() / 1_000.0,
        outcome,
        id);
  }

  @Override
  public List<RunId> deliverersOf(String branch) {
    return sql.query(
        """
        select distinct run_id from outbox
        where kind in ('push', 'pull-request') and split_part(detail, ' ', 1) = ? order by run_id
        """,
        row -> new RunId(row.getString("run_id")),
        branch);
  }
}
