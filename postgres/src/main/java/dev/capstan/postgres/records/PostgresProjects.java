package dev.capstan.postgres.records;

import dev.capstan.control.records.Projects;
import dev.capstan.core.ProjectId;
import dev.capstan.postgres.database.Transactions;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/** The registered repositories in PostgreSQL. */
public final class PostgresProjects implements Projects {
  private final Sql sql;

  public PostgresProjects(Transactions transactions) {
    this.sql = new Sql(transactions);
  }

  @Override
  public void register(Project project) {
    sql.update(
        """
        insert into project (id, source, slots) values (?, ?, ?)
        on conflict (id) do update set source = excluded.source, slots = excluded.slots
        """,
        project.id().value(),
        project.source(),
        project.slots());
  }

  @Override
  public Optional<Project> find(ProjectId id) {
    return sql
        .query(
            "select id, source, slots from project where id = ?",
            PostgresProjects::project,
            id.value())
        .stream()
        .findFirst();
  }

  @Override
  public List<Project> list(String after, int most) {
    return sql.query(
        "select id, source, slots from project where id > ? order by id limit ?",
        PostgresProjects::project,
        after,
        most);
  }

  private static Project project(ResultSet row) throws SQLException {
    return new Project(
        new ProjectId(row.getString("id")), row.getString("source"), row.getInt("slots"));
  }
}
