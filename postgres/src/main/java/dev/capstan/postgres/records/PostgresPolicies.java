package dev.capstan.postgres.records;

import dev.capstan.control.records.Policies;
import dev.capstan.core.ProjectId;
import dev.capstan.postgres.database.Transactions;
import java.util.Optional;

/** Which policy pack was chosen for what, in PostgreSQL. */
public final class PostgresPolicies implements Policies {
  private static final String EVERY_OTHER = "";

  private final Sql sql;

  public PostgresPolicies(Transactions transactions) {
    this.sql = new Sql(transactions);
  }

  @Override
  public Optional<String> of(ProjectId project) {
    return find(project.value());
  }

  @Override
  public Optional<String> usual() {
    return find(EVERY_OTHER);
  }

  private Optional<String> find(String project) {
    return sql
        .query(
            "select pack from policy_choice where project_id = ?",
            row -> row.getString("pack"),
            project)
        .stream()
        .findFirst();
  }

  @Override
  public void choose(ProjectId project, String pack) {
    put(project.value(), pack);
  }

  @Override
  public void chooseUsual(String pack) {
    put(EVERY_OTHER, pack);
  }

  private void put(String project, String pack) {
    sql.update(
        """
        insert into policy_choice (project_id, pack) values (?, ?)
        on conflict (project_id) do update set pack = excluded.pack, chosen_at = now()
        """,
        project,
        pack);
  }
}
