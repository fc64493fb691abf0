package dev.capstan.postgres.records;

import dev.capstan.control.records.ProjectHealth;
import dev.capstan.core.ProjectId;
import dev.capstan.postgres.database.Transactions;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Whether projects' sources could be reached, in PostgreSQL. */
public final class PostgresProjectHealth implements ProjectHealth {
  private final Sql sql;

  public PostgresProjectHealth(Transactions transactions) {
    this.sql = new Sql(transactions);
  }

  @Override
  public void record(ProjectId project, boolean well, String detail) {
    sql.update(
        """
        insert into project_health (project_id, well, detail) values (?, ?, ?)
        on conflict (project_id) do update set well = excluded.well, detail = excluded.detail, checked_at = now()
        """,
        project.value(),
        well,
        detail);
  }

  @Override
  public Map<ProjectId, Health> of(Collection<ProjectId> projects) {
    Map<ProjectId, Health> found = new HashMap<>();
    List<Map.Entry<ProjectId, Health>> rows =
        sql.query(
            "select * from project_health where project_id = any(?)",
            row ->
                Map.entry(
                    new ProjectId(row.getString("project_id")),
                    new Health(
                        row.getBoolean("well"),
                        row.getString("detail"),
                        Sql.instant(row, "checked_at"))),
            (Object) projects.stream().map(ProjectId::value).toArray(String[]::new));
    rows.forEach(row -> found.put(row.getKey(), row.getValue()));
    return found;
  }
}
