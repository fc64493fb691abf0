package dev.capstan.postgres.records;

import dev.capstan.control.access.Access;
import dev.capstan.control.access.AuditLog;
import dev.capstan.postgres.access.Visible;
import dev.capstan.postgres.database.Transactions;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The audit in PostgreSQL, where triggers let nothing be changed and chain each entry to the one
 * before it. Entries that come together are kept together: whoever gets the lock first writes for
 * those who wait for it.
 */
public final class PostgresAuditLog implements AuditLog {
  private static final int MOST_AT_ONCE = 200;

  private final Transactions transactions;
  private final Sql sql;
  private final Queue<Waiting> waiting = new ConcurrentLinkedQueue<>();
  private final ReentrantLock writing = new ReentrantLock();

  public PostgresAuditLog(Transactions transactions) {
    this.transactions = transactions;
    this.sql = new Sql(transactions);
  }

  /** An entry, and whether it is kept. */
  private record Waiting(Entry entry, CompletableFuture<Boolean> kept) {}

  @Override
  public void add(Entry entry) {
    Waiting own = new Waiting(entry, new CompletableFuture<>());
    waiting.add(own);
    writing.lock();
    try {
      while (!own.kept().isDone()) {
        keepSome();
      }
    } finally {
      writing.unlock();
    }
    if (!own.kept().join()) {
      throw new IllegalStateException("an entry that came with this one could not be kept");
    }
  }

  private void keepSome() {
    List<Waiting> some = new ArrayList<>();
    for (Waiting next = waiting.poll(); next != null; next = waiting.poll()) {
      some.add(next);
      if (some.size() == MOST_AT_ONCE) {
        break;
      }
    }
    boolean kept = false;
    try {
      insert(some.stream().map(Waiting::entry).toList());
      kept = true;
    } finally {
      for (Waiting one : some) {
        one.kept().complete(kept);
      }
    }
  }

  private void insert(List<Entry> entries) {
    transactions.inTransaction(connection -> {
      try (PreparedStatement insert =
          connection.prepareStatement(
              """
              insert into audit (who, token_id, organisation_id, action, resource, outcome, reason, address)
              values (?, ?, ?, ?, ?, ?, ?, ?)
              """)) {
        for (Entry entry : entries) {
          insert.setString(1, entry.who());
          insert.setString(2, entry.token());
          insert.setString(3, entry.organisation());
          insert.setString(4, entry.action());
          insert.setString(5, entry.resource());
          insert.setString(6, entry.allowed() ? "allowed" : "refused");
          insert.setString(7, entry.reason());
          insert.setString(8, entry.address());
          insert.addBatch();
        }
        return insert.executeBatch().length;
      }
    });
  }

  @Override
  public List<Placed> read(Access access, long afterPosition, Instant since, int most) {
    Visible visible = Visible.organisation(access, "organisation_id");
    return sql.query(
        """
        select position, at, who, token_id, organisation_id, action, resource, outcome, reason, address, hash
        from audit where position > ? and at >= ? and %s order by position limit ?
        """
            .formatted(visible.condition()),
        PostgresAuditLog::placed,
        List.of(afterPosition, Sql.parameter(since)),
        visible,
        most);
  }

  private static Placed placed(ResultSet row) throws SQLException {
    return new Placed(
        row.getLong("position"),
        Sql.instant(row, "at"),
        new Entry(
            row.getString("who"),
            row.getString("token_id"),
            row.getString("organisation_id"),
            row.getString("action"),
            row.getString("resource"),
            row.getString("outcome").equals("allowed"),
            row.getString("reason"),
            row.getString("address")),
        row.getString("hash"));
  }

  @Override
  public Chain check() {
    List<Long> broken =
        sql.query(
            """
            select position from (
              select position, hash,
                audit_hash(lag(hash, 1, '') over (order by position), audit) as due
              from audit) as chain
            where hash <> due order by position limit 1
            """,
            row -> row.getLong(1));
    return sql
        .query(
            "select position, hash from audit order by position desc limit 1",
            row ->
                new Chain(
                    broken.stream().mapToLong(Long::longValue).findFirst(),
                    row.getLong("position"),
                    row.getString("hash")))
        .stream()
        .findFirst()
        .orElseGet(() -> new Chain(OptionalLong.empty(), 0, ""));
  }
}
