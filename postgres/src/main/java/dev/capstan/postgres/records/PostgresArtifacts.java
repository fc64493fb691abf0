package dev.capstan.postgres.records;

import dev.capstan.control.records.Artifacts;
import dev.capstan.core.ContentHash;
import dev.capstan.core.RunId;
import dev.capstan.postgres.database.Transactions;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/** Which artifacts belong to which attempt, in PostgreSQL. */
public final class PostgresArtifacts implements Artifacts {
  private final Sql sql;

  public PostgresArtifacts(Transactions transactions) {
    this.sql = new Sql(transactions);
  }

  @Override
  public void add(Artifact artifact) {
    sql.update(
        """
        insert into artifact_of_run (run_id, step, attempt, name, hash, bytes) values (?, ?, ?, ?, ?, ?)
        on conflict (run_id, step, attempt, name) do update set hash = excluded.hash, bytes = excluded.bytes, at = now()
        """,
        artifact.run().value(),
        artifact.step(),
        artifact.attempt(),
        artifact.name(),
        artifact.hash().value(),
        artifact.bytes());
  }

  @Override
  public List<Artifact> of(RunId run) {
    return sql.query(
        "select run_id, step, attempt, name, hash, bytes from artifact_of_run where run_id = ? order by step, attempt, name",
        PostgresArtifacts::artifact,
        run.value());
  }

  @Override
  public List<Artifact> list(RunId run, Optional<Key> after, int most) {
    Key key = after.orElse(new Key("", -1, ""));
    return sql.query(
        """
        select run_id, step, attempt, name, hash, bytes from artifact_of_run
        where run_id = ? and (step, attempt, name) > (?, ?, ?) order by step, attempt, name limit ?
        """,
        PostgresArtifacts::artifact,
        run.value(),
        key.step(),
        key.attempt(),
        key.name(),
        most);
  }

  private static Artifact artifact(ResultSet row) throws SQLException {
    return new Artifact(
        new RunId(row.getString("run_id")),
        row.getString("step"),
        row.getInt("attempt"),
        row.getString("name"),
        new ContentHash(row.getString("hash")),
        row.getLong("bytes"));
  }
}
