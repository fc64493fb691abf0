package dev.capstan.postgres.records;

import dev.capstan.models.cache.CacheKey;
import dev.capstan.models.cache.KeptAnswer;
import dev.capstan.models.cache.ResponseCache;
import dev.capstan.postgres.database.Transactions;
import java.util.Optional;

/** Answers of models that are used again, in PostgreSQL, so by every server of an installation. */
public final class PostgresResponseCache implements ResponseCache {
  private final Sql sql;

  public PostgresResponseCache(Transactions transactions) {
    this.sql = new Sql(transactions);
  }

  @Override
  public Optional<KeptAnswer> find(CacheKey key) {
    return sql
        .query(
            """
            select model, streams, answer from model_answer
            where project_id = ? and key = ? and kept_at > now() - make_interval(secs => ?)
            """,
            row ->
                new KeptAnswer(
                    row.getString("model"), row.getBoolean("streams"), row.getString("answer")),
            key.project().value(),
            key.hash(),
            (double) AGE.toSeconds())
        .stream()
        .findFirst();
  }

  /**
   * PostgreSQL has no NUL, so an answer with one is not kept; nor one of a project that is gone.
   */
  @Override
  public void keep(CacheKey key, KeptAnswer answer) {
    if (answer.text().indexOf('\0') >= 0) {
      return;
    }
    sql.update(
        """
        insert into model_answer (project_id, key, model, streams, answer)
        select id, ?, ?, ?, ? from project where id = ?
        on conflict (project_id, key)
          do update set model = excluded.model, streams = excluded.streams, answer = excluded.answer, kept_at = now()
        """,
        key.hash(),
        answer.model(),
        answer.streams(),
        answer.text(),
        key.project().value());
  }
}
