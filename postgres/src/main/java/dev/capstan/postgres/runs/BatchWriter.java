package dev.capstan.postgres.runs;

import dev.capstan.control.EventStore.Consequence;
import dev.capstan.control.EventStore.Entry;
import dev.capstan.control.EventStore.Write;
import dev.capstan.control.Lease;
import dev.capstan.control.codec.EventCodec;
import dev.capstan.control.codec.StateCodec;
import dev.capstan.control.codec.TaskCodec;
import dev.capstan.core.RunId;
import dev.capstan.core.run.Effect;
import dev.capstan.core.run.Run;
import dev.capstan.core.run.Task;
import dev.capstan.postgres.runs.PostgresEventStore.RunRow;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Writes one batch with one statement for each table. */
final class BatchWriter {
  /** Small states are stored at once; a large one only after as many events as it has steps. */
  private static final int EVENTS_BETWEEN_SNAPSHOTS = 32;

  private final Connection connection;
  private final Map<RunId, RunRow> rows;

  BatchWriter(Connection connection, Map<RunId, RunRow> rows) {
    this.connection = connection;
    this.rows = rows;
  }

  void write(List<Write> writes) throws SQLException {
    if (writes.isEmpty()) {
      return;
    }
    insertRuns(writes.stream().filter(write -> write.before() == 0).toList());
    appendEvents(writes);
    updateRuns(
        writes.stream().filter(write -> write.before() > 0 && !write.entries().isEmpty()).toList());
    finishTasks(writes);
    withdrawTasks(writes);
    enqueueTasks(writes);
    holdTasks(writes);
  }

  private void insertRuns(List<Write> writes) throws SQLException {
    Rows rowsToInsert =
        new Rows("text", "text", "bigint", "text", "text", "boolean", "text", "int");
    for (Write write : writes) {
      Run.Known run = known(write);
      rowsToInsert.add(
          write.run().value(),
          run.brief().project().value(),
          version(write),
          status(run),
          run.brief().goal(),
          wantsSlot(run),
          StateCodec.write(run),
          StateCodec.VERSION);
    }
    rowsToInsert.execute(
        connection,
        """
        insert into run (id, project_id, version, status, goal, wants_slot, active, snapshot, snapshot_version, snapshot_codec)
        select id, project_id, version, status, goal, wants_slot, false, snapshot, version, codec
        from unnest(%s) as new (id, project_id, version, status, goal, wants_slot, snapshot, codec)
        """);
  }

  private void appendEvents(List<Write> writes) throws SQLException {
    Rows events = new Rows("text", "bigint", "text", "text", "timestamptz", "text", "text", "text");
    for (Write write : writes) {
      long version = write.before();
      for (Entry entry : write.entries()) {
        version++;
        events.add(
            write.run().value(),
            version,
            EventCodec.name(entry.event()),
            EventCodec.write(entry.event()),
            entry.at().toString(),
            entry.by().name(),
            entry.correlation(),
            entry.causation());
      }
    }
    events.execute(
        connection,
        """
        insert into event (run_id, version, type, data, at, actor, correlation, causation)
        select run_id, version, type, data::jsonb, at, actor, correlation, causation
        from unnest(%s) as new (run_id, version, type, data, at, actor, correlation, causation)
        """);
  }

  private void updateRuns(List<Write> writes) throws SQLException {
    Rows runs = new Rows("text", "bigint", "text", "boolean", "text", "bigint");
    for (Write write : writes) {
      boolean snapshot = snapshotIsDue(write);
      runs.add(
          write.run().value(),
          version(write),
          status(write.after()),
          wantsSlot(write.after()),
          snapshot ? StateCodec.write(write.after()) : null,
          snapshot ? version(write) : null);
    }
    runs.execute(
        connection,
        """
        update run set version = new.version, status = new.status, wants_slot = new.wants_slot,
          active = run.active and new.wants_slot, updated_at = now(),
          snapshot = coalesce(new.snapshot, run.snapshot),
          snapshot_version = coalesce(new.snapshot_version, run.snapshot_version),
          snapshot_codec = case when new.snapshot is null then run.snapshot_codec else %d end
        from unnest(%%s) as new (id, version, status, wants_slot, snapshot, snapshot_version)
        where run.id = new.id
        """
            .formatted(StateCodec.VERSION));
  }

  private boolean snapshotIsDue(Write write) {
    RunRow row = rows.get(write.run());
    long since = version(write) - (row == null ? 0 : row.snapshotVersion());
    int steps = known(write).brief().plan().steps().size();
    return write.after() instanceof Run.Ended
        || since >= Math.max(EVENTS_BETWEEN_SNAPSHOTS, 2L * steps);
  }

  private void finishTasks(List<Write> writes) throws SQLException {
    Rows finished = new Rows("bigint", "bigint");
    for (Write write : writes) {
      for (Lease lease : write.finished()) {
        finished.add(lease.task(), lease.token());
      }
    }
    finished.execute(
        connection,
        """
        delete from task using unnest(%s) as done (id, token) where task.id = done.id and task.token = done.token
        """);
  }

  private void withdrawTasks(List<Write> writes) throws SQLException {
    Rows withdrawn = new Rows("text", "text");
    for (Write write : writes) {
      for (Consequence consequence : write.consequences()) {
        switch (consequence.effect()) {
          case Effect.Withdraw(var prefix) -> withdrawn.add(write.run().value(), prefix);
          case Effect.WithdrawAll _ -> withdrawn.add(write.run().value(), "");
          case Effect.Enqueue _ -> {}
        }
      }
    }
    withdrawn.execute(
        connection,
        """
        delete from task using unnest(%s) as gone (run_id, prefix)
        where task.run_id = gone.run_id and starts_with(task.key, gone.prefix)
        """);
  }

  private void enqueueTasks(List<Write> writes) throws SQLException {
    Rows tasks =
        new Rows("text", "text", "text", "text", "text", "int", "timestamptz", "boolean", "text");
    for (Write write : writes) {
      for (Consequence consequence : write.consequences()) {
        if (consequence.effect() instanceof Effect.Enqueue(var task, var notBefore, var priority)
            && !(write.after() instanceof Run.Ended)) {
          tasks.add(
              known(write).brief().project().value(),
              write.run().value(),
              task.key(),
              TaskCodec.name(task),
              TaskCodec.write(task),
              priority,
              readyAt(notBefore),
              mayStart(write, task),
              consequence.correlation());
        }
      }
    }
    tasks.execute(
        connection,
        """
        insert into task (project_id, run_id, key, kind, body, priority, ready_at, state, correlation)
        select project_id, run_id, key, kind, body::jsonb, priority, ready_at,
          case when may_start then 'ready' else 'waiting' end, correlation
        from unnest(%s) as new (project_id, run_id, key, kind, body, priority, ready_at, may_start, correlation)
        """);
  }

  /**
   * A run that gives up its slot, because it is paused or waits for a person, hands out no more
   * tasks.
   */
  private void holdTasks(List<Write> writes) throws SQLException {
    Rows held = new Rows("text");
    for (Write write : writes) {
      RunRow row = rows.get(write.run());
      if (row != null && row.active() && !wantsSlot(write.after())) {
        held.add(write.run().value());
      }
    }
    held.execute(
        connection,
        """
        update task set state = 'waiting' from unnest(%s) as held (run_id)
        where task.run_id = held.run_id and task.state = 'ready' and task.kind <> 'wake'
        """);
  }

  private boolean mayStart(Write write, Task task) {
    RunRow row = rows.get(write.run());
    return task instanceof Task.Wake || (row != null && row.active() && wantsSlot(write.after()));
  }

  private static String readyAt(Instant notBefore) {
    return notBefore.equals(Instant.MIN) ? "-infinity" : notBefore.toString();
  }

  private static long version(Write write) {
    return write.before() + write.entries().size();
  }

  private static Run.Known known(Write write) {
    if (write.after() instanceof Run.Known known) {
      return known;
    }
    throw new IllegalStateException("run " + write.run() + " is written before it was created");
  }

  private static String status(Run run) {
    return run.status().name().toLowerCase(Locale.ROOT);
  }

  private static boolean wantsSlot(Run run) {
    return run instanceof Run.Active;
  }
}
