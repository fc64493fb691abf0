package dev.capstan.postgres.records;

import dev.capstan.control.access.Access;
import dev.capstan.control.access.OrganisationId;
import dev.capstan.control.records.Projects;
import dev.capstan.core.ProjectId;
import dev.capstan.postgres.access.Visible;
import dev.capstan.postgres.database.Transactions;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** The registered repositories in PostgreSQL. */
public final class PostgresProjects implements Projects {
  private final Sql sql;
  private final Supplier<Access> access;

  /** Sees all. */
  public PostgresProjects(Transactions transactions) {
    this(transactions, Access.Everything::new);
  }

  /** Sees what whoever asks may see. */
  public PostgresProjects(Transactions transactions, Supplier<Access> access) {
    this.sql = new Sql(transactions);
    this.access = access;
  }

  @Override
  public void register(Project project) {
    boolean elsewhere =
        access.get().project().isPresent() && !access.get().project().get().equals(project.id());
    int registered =
        elsewhere
            ? 0
            : sql.update(
                """
                insert into project (id, source, slots, organisation_id) values (?, ?, ?, ?)
                on conflict (id) do update set source = excluded.source, slots = excluded.slots
                where project.organisation_id = excluded.organisation_id or ?
                """,
                project.id().value(),
                project.source(),
                project.slots(),
                home().value(),
                access.get() instanceof Access.Everything);
    if (registered == 0) {
      throw new IllegalArgumentException(
          "the project " + project.id() + " cannot be registered: the name is taken");
    }
  }

  @Override
  public void admit(String source) {
    // whoever reaches the database itself may
  }

  @Override
  public OrganisationId home() {
    return access.get().home();
  }

  @Override
  public Optional<OrganisationId> ownerOf(ProjectId id) {
    return sql
        .query(
            "select organisation_id from project where id = ?",
            row -> new OrganisationId(row.getString(1)),
            id.value())
        .stream()
        .findFirst();
  }

  @Override
  public Optional<Project> find(ProjectId id) {
    Visible visible = Visible.project(access.get(), "id");
    return sql
        .query(
            "select id, source, slots from project where id = ? and " + visible.condition(),
            PostgresProjects::project,
            List.of(id.value()),
            visible)
        .stream()
        .findFirst();
  }

  @Override
  public List<Project> list(String after, int most) {
    Visible visible = Visible.project(access.get(), "id");
    return sql.query(
        "select id, source, slots from project where id > ? and "
            + visible.condition()
            + " order by id limit ?",
        PostgresProjects::project,
        List.of(after),
        visible,
        most);
  }

  private static Project project(ResultSet row) throws SQLException {
    return new Project(
        new ProjectId(row.getString("id")), row.getString("source"), row.getInt("slots"));
  }
}
