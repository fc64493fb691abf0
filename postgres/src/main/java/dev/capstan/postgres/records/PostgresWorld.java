package dev.capstan.postgres.records;

import dev.capstan.control.access.Access;
import dev.capstan.control.codec.EventCodec;
import dev.capstan.control.records.World;
import dev.capstan.core.ProjectId;
import dev.capstan.core.RunId;
import dev.capstan.core.run.RunEvent;
import dev.capstan.postgres.access.Visible;
import dev.capstan.postgres.database.Transactions;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** What goes on in a project, read from the queue and the log. */
public final class PostgresWorld implements World {
  private static final int NEWEST_RUNS = 20;

  private final Sql sql;
  private final Supplier<Access> access;

  /** Sees what whoever asks may see. */
  public PostgresWorld(Transactions transactions, Supplier<Access> access) {
    this.sql = new Sql(transactions);
    this.access = access;
  }

  private Visible visible() {
    return Visible.project(access.get(), "project_id");
  }

  @Override
  public List<AtWork> atWork(ProjectId project) {
    Visible visible = visible();
    return sql.query(
        """
        select run_id, kind, key, lease_until from task
        where state = 'leased' and project_id = ? and %s order by id
        """
            .formatted(visible.condition()),
        row ->
            new AtWork(
                new RunId(row.getString("run_id")),
                row.getString("kind"),
                row.getString("key"),
                Sql.instant(row, "lease_until")),
        List.of(project.value()),
        visible);
  }

  @Override
  public Optional<Verification> lastVerification(ProjectId project) {
    Visible visible = visible();
    return sql
        .query(
            """
            with newest as (
              select id from run where project_id = ? and %s order by created_at desc, id limit %d
            )
            select run_id, type, data, at from newest cross join lateral (
              select * from event where run_id = newest.id and type in
                ('attempt-verified.v1', 'qa-requested.v1', 'gate-shut.v1', 'tip-verified.v1', 'tip-held.v1')
              order by position desc limit 1
            ) as last
            order by position desc limit 1
            """
                .formatted(visible.condition(), NEWEST_RUNS),
            PostgresWorld::verification,
            List.of(project.value()),
            visible)
        .stream()
        .findFirst();
  }

  private static Verification verification(ResultSet row) throws SQLException {
    RunId run = new RunId(row.getString("run_id"));
    Instant at = Sql.instant(row, "at");
    RunEvent event = EventCodec.read(row.getString("type"), row.getString("data"));
    return switch (event) {
      case RunEvent.AttemptVerified(var step, var evidence) ->
          new Verification(run, step.value(), at, evidence, "open");
      case RunEvent.QaRequested(var step, var evidence, _) ->
          new Verification(run, step.value(), at, evidence, "asks a person");
      case RunEvent.GateShut(var step, var evidence) ->
          new Verification(run, step.value(), at, evidence, "shut");
      case RunEvent.TipVerified(var evidence) -> new Verification(run, "", at, evidence, "open");
      case RunEvent.TipHeld(var evidence, _, var approvable) ->
          new Verification(run, "", at, evidence, approvable ? "asks a person" : "shut");
      case RunEvent other ->
          throw new IllegalStateException("nothing was measured by " + other.getClass());
    };
  }
}
