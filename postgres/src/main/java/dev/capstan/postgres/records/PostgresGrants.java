package dev.capstan.postgres.records;

import dev.capstan.control.access.Access;
import dev.capstan.control.access.Grants;
import dev.capstan.control.access.OrganisationId;
import dev.capstan.control.access.Scope;
import dev.capstan.core.ProjectId;
import dev.capstan.postgres.access.Visible;
import dev.capstan.postgres.database.Transactions;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** The grants in PostgreSQL. */
public final class PostgresGrants implements Grants {
  private static final String COLUMNS =
      "id, kind, holder, scope, organisation_id, project_id, created_at, created_by";

  private final Sql sql;

  public PostgresGrants(Transactions transactions) {
    this.sql = new Sql(transactions);
  }

  @Override
  public boolean add(Grant grant) {
    return sql.update(
            """
            insert into role_grant (id, kind, holder, scope, organisation_id, project_id, created_at, created_by)
            values (?, ?, ?, ?, ?, ?, ?, ?)
            on conflict (kind, holder, organisation_id, coalesce(project_id, '')) do nothing
            """,
            grant.id(),
            word(grant.kind()),
            grant.holder(),
            grant.scope().word(),
            grant.organisation().value(),
            grant.project().map(ProjectId::value).orElse(null),
            Sql.parameter(grant.createdAt()),
            grant.createdBy())
        > 0;
  }

  @Override
  public List<Grant> held(Set<String> names, Set<String> groups) {
    return sql.query(
        """
        select %s from role_grant
        where (kind = 'person' and holder = any(?)) or (kind = 'group' and holder = any(?))
        order by created_at, id
        """
            .formatted(COLUMNS),
        PostgresGrants::grant,
        names.toArray(String[]::new),
        groups.toArray(String[]::new));
  }

  @Override
  public List<Grant> find(Set<String> ids) {
    return sql.query(
        "select %s from role_grant where id = any(?)".formatted(COLUMNS),
        PostgresGrants::grant,
        (Object) ids.toArray(String[]::new));
  }

  @Override
  public List<Grant> list(Access access, Instant before, String id, int most) {
    Visible visible = Visible.organisation(access, "organisation_id");
    return sql.query(
        """
        select %s from role_grant where (created_at, id) < (?, ?) and %s
        order by created_at desc, id desc limit ?
        """
            .formatted(COLUMNS, visible.condition()),
        PostgresGrants::grant,
        List.of(Sql.parameter(before), id),
        visible,
        most);
  }

  @Override
  public boolean remove(Access access, String id) {
    Visible visible = Visible.organisation(access, "organisation_id");
    return sql.update(
            "delete from role_grant where id = ? and " + visible.condition(),
            Stream.concat(Stream.of(id), visible.values().stream()).toArray())
        > 0;
  }

  private static Grant grant(ResultSet row) throws SQLException {
    return new Grant(
        row.getString("id"),
        Kind.valueOf(row.getString("kind").toUpperCase(Locale.ROOT)),
        row.getString("holder"),
        Scope.of(row.getString("scope")).orElseThrow(),
        new OrganisationId(row.getString("organisation_id")),
        Optional.ofNullable(row.getString("project_id")).map(ProjectId::new),
        Sql.instant(row, "created_at"),
        row.getString("created_by"));
  }

  private static String word(Kind kind) {
    return kind.name().toLowerCase(Locale.ROOT);
  }
}
