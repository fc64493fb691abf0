package dev.capstan.postgres.queue;

import dev.capstan.control.access.Access;
import dev.capstan.control.access.OrganisationId;
import dev.capstan.control.records.Halts;
import dev.capstan.core.ProjectId;
import dev.capstan.postgres.database.Transactions;
import dev.capstan.postgres.runs.Interventions;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Halts in PostgreSQL. One is begun in the transaction that takes back what is handed out under it,
 * and claims wait for that; so nothing is begun beside it.
 */
public final class PostgresHalts implements Halts {
  private final Transactions transactions;
  private final Interventions interventions;
  private final Supplier<Access> access;

  /** {@code access} says for whom halts are listed. */
  public PostgresHalts(
      Transactions transactions, Interventions interventions, Supplier<Access> access) {
    this.transactions = transactions;
    this.interventions = interventions;
    this.access = access;
  }

  @Override
  public void begin(Reach reach, String why, String by) {
    transactions.inTransaction(connection -> {
      execute(connection, "select pg_advisory_xact_lock(" + PostgresTaskQueue.CLAIM_LOCK + ")");
      insert(connection, reach, why, by);
      execute(connection, TAKE_BACK);
      return reach;
    });
    interventions.tell();
  }

  /** Runs before tasks, in the order of their ids, as whoever else changes them. */
  private static final String TAKE_BACK =
      """
      create temporary table stopping on commit drop as
        select id from run where project_id in (select project_id from halted)
          and (active or exists (select from task where run_id = run.id))
        order by id for no key update;
      update run set active = false from stopping where run.id = stopping.id and active;
      with work as (
        select task.id from task join stopping on stopping.id = task.run_id
        where task.kind <> 'wake' and task.state <> 'waiting'
        order by task.id for update of task
      )
      update task set state = 'waiting', token = null, lease_until = null from work where task.id = work.id
      """;

  private static void execute(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static void insert(Connection connection, Reach reach, String why, String by)
      throws SQLException {
    String sql =
        "insert into halt (organisation_id, project_id, why, begun_by) values (?, ?, ?, ?) on conflict do nothing";
    try (PreparedStatement insert = connection.prepareStatement(sql)) {
      setReach(insert, reach);
      insert.setString(3, why);
      insert.setString(4, by);
      insert.executeUpdate();
    }
  }

  @Override
  public void end(Reach reach) {
    String sql =
        "delete from halt where organisation_id is not distinct from ? and project_id is not distinct from ?";
    transactions.inTransaction(connection -> {
      try (PreparedStatement delete = connection.prepareStatement(sql)) {
        setReach(delete, reach);
        return delete.executeUpdate();
      }
    });
    interventions.tell();
  }

  private static void setReach(PreparedStatement statement, Reach reach) throws SQLException {
    switch (reach) {
      case Reach.Everything _ -> setReach(statement, null, null);
      case Reach.Organisation(var id) -> setReach(statement, id.value(), null);
      case Reach.Project(var id) -> setReach(statement, null, id.value());
    }
  }

  private static void setReach(
      PreparedStatement statement, @Nullable String organisation, @Nullable String project)
      throws SQLException {
    statement.setString(1, organisation);
    statement.setString(2, project);
  }

  /** Whoever is under a halt sees it. */
  @Override
  public List<Halt> list() {
    String all = "select organisation_id, project_id, why, begun_by, begun_at from halt";
    return switch (access.get()) {
      case Access.Everything _ -> query(all + " order by begun_at");
      case Access.Within(var organisation) ->
          query(
              all
                  + " where coalesce(organisation_id, ?) = ? and (project_id is null or project_id in"
                  + " (select id from project where organisation_id = ?)) order by begun_at",
              organisation.value(),
              organisation.value(),
              organisation.value());
      case Access.Only(var organisation, var project) ->
          query(
              all
                  + " where coalesce(organisation_id, ?) = ? and coalesce(project_id, ?) = ? order by begun_at",
              organisation.value(),
              organisation.value(),
              project.value(),
              project.value());
    };
  }

  @Override
  public List<Halt> over(ProjectId project) {
    return query(
        "select by_organisation, by_project, why, begun_by, begun_at from halted where project_id = ?",
        project.value());
  }

  private List<Halt> query(String sql, String... values) {
    return transactions.readOnly(connection -> {
      try (PreparedStatement select = connection.prepareStatement(sql)) {
        for (int i = 0; i < values.length; i++) {
          select.setString(i + 1, values[i]);
        }
        List<Halt> halts = new ArrayList<>();
        try (ResultSet row = select.executeQuery()) {
          while (row.next()) {
            halts.add(halt(row));
          }
        }
        return halts;
      }
    });
  }

  private static Halt halt(ResultSet row) throws SQLException {
    return new Halt(
        reach(row.getString(1), row.getString(2)),
        row.getString(3),
        row.getString(4),
        row.getTimestamp(5).toInstant());
  }

  private static Reach reach(@Nullable String organisation, @Nullable String project) {
    if (project != null) {
      return new Reach.Project(new ProjectId(project));
    }
    return organisation == null
        ? new Reach.Everything()
        : new Reach.Organisation(new OrganisationId(organisation));
  }
}
