package dev.capstan.postgres.records;

import dev.capstan.control.records.Retention;
import dev.capstan.models.cache.ResponseCache;
import dev.capstan.postgres.database.Transactions;
import java.time.Duration;

/** Deletes what is over, in batches, so that nobody waits long for a lock. */
public final class PostgresRetention implements Retention {
  private static final int BATCH = 5_000;

  private final Sql sql;

  public PostgresRetention(Transactions transactions) {
    this.sql = new Sql(transactions);
  }

  @Override
  public Deleted delete(Ages ages) {
    return new Deleted(
        activity(ages.activity()),
        inbox(ages.inbox()),
        requestKeys(),
        servers(),
        answers(),
        memories(ages.memories()));
  }

  private long activity(Duration age) {
    return age.isZero()
        ? 0
        : all(
            """
            delete from activity where position in (
              select position from activity join run on run.id = activity.run_id
              where run.status in ('completed', 'cancelled', 'failed')
                and greatest(run.updated_at, activity.at) < now() - make_interval(secs => ?)
              limit ?)
            """,
            age);
  }

  private long inbox(Duration age) {
    return age.isZero()
        ? 0
        : all(
            """
            delete from inbox where id in (
              select id from inbox where done_at < now() - make_interval(secs => ?) limit ?)
            """,
            age);
  }

  private long requestKeys() {
    return all(
        """
        delete from request_key where (caller, key) in (
          select caller, key from request_key where asked_at < now() - make_interval(secs => ?) limit ?)
        """,
        Duration.ofHours(24));
  }

  /** With the workers that were connected to them. */
  private long servers() {
    return all(
        "delete from server where id in (select id from server where heard_at < now() - make_interval(secs => ?) limit ?)",
        Duration.ofDays(7));
  }

  private long answers() {
    return all(
        """
        delete from model_answer where (project_id, key) in (
          select project_id, key from model_answer where kept_at < now() - make_interval(secs => ?) limit ?)
        """,
        ResponseCache.AGE);
  }

  /** With the keys of those that were to be forgotten: the log is not read that far back again. */
  private long memories(Duration age) {
    return age.isZero()
        ? 0
        : all(
            """
            delete from memory where id in (
              select id from memory where ended_at < now() - make_interval(secs => ?) limit ?)
            """,
            age);
  }

  private long all(String delete, Duration age) {
    long deleted = 0;
    int last = BATCH;
    while (last == BATCH && !Thread.currentThread().isInterrupted()) {
      last = sql.update(delete, (double) age.toSeconds(), BATCH);
      deleted += last;
    }
    return deleted;
  }
}
