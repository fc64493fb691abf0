package dev.capstan.postgres.records;

import dev.capstan.control.records.Baselines;
import dev.capstan.control.records.Place;
import dev.capstan.core.CommitId;
import dev.capstan.core.ContentHash;
import dev.capstan.core.ProjectId;
import dev.capstan.core.run.Baseline;
import dev.capstan.postgres.database.Transactions;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/** What was measured of commits, in PostgreSQL. */
public final class PostgresBaselines implements Baselines {
  private final Sql sql;

  public PostgresBaselines(Transactions transactions) {
    this.sql = new Sql(transactions);
  }

  @Override
  public Optional<Baseline> find(ProjectId project, CommitId commit, String recipe) {
    return sql
        .query(
            "select measurement, recipe, summary from baseline where project_id = ? and commit_id = ? and recipe = ?",
            PostgresBaselines::baseline,
            project.value(),
            commit.value(),
            recipe)
        .stream()
        .findFirst();
  }

  @Override
  public void keep(ProjectId project, CommitId commit, Baseline baseline) {
    sql.update(
        """
        insert into baseline (project_id, commit_id, recipe, measurement, summary) values (?, ?, ?, ?, ?)
        on conflict (project_id, commit_id, recipe)
          do update set measurement = excluded.measurement, summary = excluded.summary
        """,
        project.value(),
        commit.value(),
        baseline.recipe(),
        baseline.measurement().value(),
        baseline.summary());
  }

  @Override
  public List<Known> list(ProjectId project, Optional<Place> after, int most) {
    String columns = "select commit_id, measurement, recipe, summary, measured_at from baseline";
    String order = " order by measured_at desc, commit_id desc, recipe desc limit ?";
    if (after.isEmpty()) {
      return sql.query(
          columns + " where project_id = ?" + order,
          PostgresBaselines::known,
          project.value(),
          most);
    }
    String[] id = (after.get().id() + ' ').split(" ", -1);
    return sql.query(
        columns + " where project_id = ? and (measured_at, commit_id, recipe) < (?, ?, ?)" + order,
        PostgresBaselines::known,
        project.value(),
        Sql.parameter(after.get().at()),
        id[0],
        id[1],
        most);
  }

  private static Known known(ResultSet row) throws SQLException {
    return new Known(
        new CommitId(row.getString("commit_id")), baseline(row), Sql.instant(row, "measured_at"));
  }

  private static Baseline baseline(ResultSet row) throws SQLException {
    return new Baseline(
        new ContentHash(row.getString("measurement")),
        row.getString("recipe"),
        row.getString("summary"));
  }
}
