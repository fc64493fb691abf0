package dev.capstan.postgres.records;

import dev.capstan.control.access.Access;
import dev.capstan.control.access.OrganisationId;
import dev.capstan.control.records.Inbox;
import dev.capstan.core.ProjectId;
import dev.capstan.core.RunId;
import dev.capstan.postgres.access.Visible;
import dev.capstan.postgres.database.Transactions;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
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
  public boolean take(Access within, String id, String digest, String kind, String body) {
    return sql.update(
            """
            insert into inbox (organisation_id, project_id, id, digest, kind, body) values (?, ?, ?, ?, ?, ?)
            on conflict do nothing
            """,
            within.bound().map(OrganisationId::value).orElse(null),
            within.project().map(ProjectId::value).orElse(null),
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
              returning id, organisation_id, project_id, kind, body, tries
              """)) {
        claim.setDouble(1, hold.toMillis() / 1_000.0);
        claim.setInt(2, most);
        try (ResultSet row = claim.executeQuery()) {
          return Sql.all(
              row,
              one ->
                  new Message(
                      one.getString("id"),
                      within(one),
                      one.getString("kind"),
                      one.getString("body"),
                      one.getInt("tries")));
        }
      }
    });
  }

  private static Access within(ResultSet row) throws SQLException {
    String organisation = row.getString("organisation_id");
    String project = row.getString("project_id");
    if (organisation == null) {
      return new Access.Everything();
    }
    OrganisationId of = new OrganisationId(organisation);
    return project == null ? new Access.Within(of) : new Access.Only(of, new ProjectId(project));
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
  public List<RunId> deliverersOf(Access within, String branch) {
    Visible visible = Visible.project(within, "project_id");
    return sql.query(
        """
        select distinct run_id from outbox left join run on run.id = run_id
        where kind in ('push', 'pull-request') and split_part(detail, ' ', 1) = ? and %s order by run_id
        """
            .formatted(visible.condition()),
        row -> new RunId(row.getString("run_id")),
        List.of(branch),
        visible);
  }
}
