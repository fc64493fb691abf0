package dev.capstan.postgres.runs;

import dev.capstan.control.EventStore;
import dev.capstan.control.EventStore.Loaded;
import dev.capstan.control.EventStore.Versioned;
import dev.capstan.control.EventStore.Write;
import dev.capstan.control.Lease;
import dev.capstan.core.RunId;
import dev.capstan.core.run.Run;
import dev.capstan.postgres.database.Transactions;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/**
 * The log in PostgreSQL. One call of {@link #transact} is one transaction: lock the runs in the
 * order of their ids, decide, append all events, write each run once, queue the tasks that follow,
 * commit once; then tell the other processes.
 *
 * <p>Safe for many threads. States are kept in memory beside their version; the version is read
 * under the lock, so a state that another process has changed is read again.
 */
public final class PostgresEventStore implements EventStore {
  private final Transactions transactions;
  private final Signal signal;
  private final StateCache states;
  private final Notifier notifier;
  private final Interventions interventions;

  public PostgresEventStore(Transactions transactions, Signal signal, Interventions interventions) {
    this.transactions = transactions;
    this.signal = signal;
    this.states = new StateCache();
    this.notifier = new Notifier(transactions, Listener.CHANNEL);
    this.interventions = interventions;
  }

  @Override
  public void transact(Set<RunId> runs, Set<Lease> leases, Function<Loaded, List<Write>> decide) {
    List<Write> written =
        transactions.inTransaction(connection -> {
          Map<RunId, RunRow> rows = lock(connection, runs);
          List<Write> writes =
              decide.apply(new Loaded(versioned(runs, rows), held(connection, leases)));
          new BatchWriter(connection, rows).write(writes);
          return writes;
        });
    for (Write write : written) {
      states.put(
          write.run(), new Versioned(write.after(), write.before() + write.entries().size()));
    }
    if (!written.isEmpty()) {
      signal.give();
      notifier.tellOthers();
      if (written.stream().anyMatch(BatchWriter::intervenes)) {
        interventions.tell();
      }
    }
  }

  private Map<RunId, RunRow> lock(Connection connection, Set<RunId> runs) throws SQLException {
    String sql =
        """
        select id, version, active, snapshot_version from run where id = any(?) order by id for update
        """;
    Map<RunId, RunRow> rows = new HashMap<>();
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      select.setArray(
          1, connection.createArrayOf("text", runs.stream().map(RunId::value).toArray()));
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          RunId run = new RunId(row.getString("id"));
          rows.put(
              run,
              new RunRow(
                  row.getLong("version"),
                  row.getLong("snapshot_version"),
                  row.getBoolean("active"),
                  new Run.Absent()));
        }
      }
    }
    for (Map.Entry<RunId, RunRow> entry : rows.entrySet()) {
      entry.setValue(
          entry.getValue().with(state(connection, entry.getKey(), entry.getValue().version())));
    }
    return rows;
  }

  private Run state(Connection connection, RunId run, long version) throws SQLException {
    Versioned known = states.get(run);
    return known != null && known.version() == version
        ? known.run()
        : StateReader.read(connection, run, version);
  }

  private static Map<RunId, Versioned> versioned(Set<RunId> asked, Map<RunId, RunRow> rows) {
    Map<RunId, Versioned> runs = new HashMap<>();
    for (RunId run : asked) {
      RunRow row = rows.get(run);
      runs.put(
          run,
          row == null
              ? new Versioned(new Run.Absent(), 0)
              : new Versioned(row.state(), row.version()));
    }
    return runs;
  }

  private static Set<Lease> held(Connection connection, Set<Lease> leases) throws SQLException {
    if (leases.isEmpty()) {
      return Set.of();
    }
    String sql =
        """
        select task.id, task.token
        from task join unnest(?::bigint[], ?::bigint[]) as lease (id, token)
          on task.id = lease.id and task.token = lease.token
        order by task.id for update of task
        """;
    Set<Lease> held = new HashSet<>();
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      select.setArray(
          1, connection.createArrayOf("bigint", leases.stream().map(Lease::task).toArray()));
      select.setArray(
          2, connection.createArrayOf("bigint", leases.stream().map(Lease::token).toArray()));
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          held.add(new Lease(row.getLong(1), row.getLong(2)));
        }
      }
    }
    return held;
  }

  /** A run's row under its lock. */
  record RunRow(long version, long snapshotVersion, boolean active, Run state) {
    RunRow with(Run newState) {
      return new RunRow(version, snapshotVersion, active, newState);
    }
  }
}
