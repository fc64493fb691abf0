package dev.capstan.postgres.records;

import dev.capstan.control.access.Access;
import dev.capstan.control.access.OrganisationId;
import dev.capstan.control.access.Tenancy;
import dev.capstan.core.ContentHash;
import dev.capstan.core.ProjectId;
import dev.capstan.postgres.access.Visible;
import dev.capstan.postgres.database.Transactions;
import java.util.List;

/** What belongs to whom, in PostgreSQL. */
public final class PostgresTenancy implements Tenancy {
  private final Sql sql;

  public PostgresTenancy(Transactions transactions) {
    this.sql = new Sql(transactions);
  }

  @Override
  public boolean sees(Access access, ProjectId project) {
    return any("project", "id", "id", access, project.value());
  }

  @Override
  public boolean sees(Access access, ContentHash artifact) {
    return access instanceof Access.Everything
        || any(
            "artifact_of_run a join run r on r.id = a.run_id",
            "hash",
            "project_id",
            access,
            artifact.value())
        || any("baseline", "measurement", "project_id", access, artifact.value())
        || brought(access, artifact.value());
  }

  private boolean any(String from, String key, String column, Access access, String value) {
    Visible visible = Visible.project(access, column);
    return !sql.query(
            "select 1 from %s where %s = ? and %s limit 1"
                .formatted(from, key, visible.condition()),
            _ -> 1,
            List.of(value),
            visible)
        .isEmpty();
  }

  /** What was brought for an organisation as a whole is not one project's. */
  private boolean brought(Access access, String hash) {
    String of = access.project().map(ProjectId::value).orElse("");
    return !sql.query(
            "select 1 from upload where hash = ? and organisation_id = ? and (? = '' or project_id = ?) limit 1",
            _ -> 1,
            hash,
            access.home().value(),
            of,
            of)
        .isEmpty();
  }

  @Override
  public void brought(Access access, ContentHash artifact) {
    sql.update(
        "insert into upload (hash, organisation_id, project_id) values (?, ?, ?) on conflict do nothing",
        artifact.value(),
        access.home().value(),
        access.project().map(ProjectId::value).orElse(""));
  }

  @Override
  public boolean add(OrganisationId organisation) {
    return sql.update(
            "insert into organisation (id) values (?) on conflict do nothing", organisation.value())
        > 0;
  }

  @Override
  public List<OrganisationId> organisations() {
    return sql.query(
        "select id from organisation order by id", row -> new OrganisationId(row.getString(1)));
  }
}
