package dev.capstan.postgres.queue;

import dev.capstan.postgres.database.Transactions;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.Map;

/** How much waits, in one statement. */
public final class PostgresDepths {
  private final Transactions transactions;

  public PostgresDepths(Transactions transactions) {
    this.transactions = transactions;
  }

  /** What was there; each key is of what it is, with its state and kind if it has them. */
  public record Depths(Map<String, Double> all) {
    public Depths {
      all = Map.copyOf(all);
    }

    private double of(String key) {
      return all.getOrDefault(key, 0.0);
    }

    public double tasks(String state, String kind) {
      return of("task " + state + ' ' + kind);
    }

    public double runs(String status) {
      return of("run " + status);
    }

    /** How long the task has waited that could be done for longest; 0 if there is none. */
    public double oldestReadySeconds() {
      return of("oldest");
    }

    public double wishes() {
      return of("wish");
    }

    public double inbox() {
      return of("inbox");
    }

    public double outbox() {
      return of("outbox");
    }
  }

  public Depths read() {
    return transactions.readOnly(PostgresDepths::read);
  }

  private static Depths read(Connection connection) throws SQLException {
    String sql =
        """
        select 'task ' || state || ' ' || kind as key, count(*) as depth from task group by state, kind
        union all select 'run ' || status, count(*) from run group by status
        union all select 'oldest', coalesce(extract(epoch from clock_timestamp() - min(greatest(waits_since, ready_at))), 0)
          from task where state = 'ready' and ready_at <= clock_timestamp()
        union all select 'wish', count(*) from wish where state = 'waiting'
        union all select 'inbox', count(*) from inbox where done_at is null
        union all select 'outbox', count(*) from outbox where done_at is null
        """;
    Map<String, Double> all = new HashMap<>();
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      while (row.next()) {
        all.put(row.getString("key"), row.getDouble("depth"));
      }
    }
    return new Depths(all);
  }
}
