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
import dev.capstan.core.run.RunEvent;
import dev.capstan.core.run.Task;
import dev.capstan.postgres.runs.PostgresEventStore.RunRow;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransactionRollbackException;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

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
    Pipeline rest = new Pipeline();
    appendEvents(writes, rest);
    updateRuns(
        writes.stream().filter(write -> write.before() > 0 && !write.entries().isEmpty()).toList(),
        rest);
    finishTasks(writes, rest);
    withdrawTasks(writes, rest);
    stopWork(writes, rest);
    amendTasks(writes, rest);
    enqueueTasks(writes, rest);
    holdTasks(writes, rest);
    rest.execute(connection);
  }

  private void insertRuns(List<Write> writes) throws SQLException {
    Rows rowsToInsert = new Rows("text", "text", "bigint", "text", "text", "boolean", "bigint");
    for (Write write : writes) {
      Run.Known run = known(write);
      rowsToInsert.add(
          write.run().value(),
          run.brief().project().value(),
          version(write),
          status(run),
          run.brief().goal().replace('\0', '\ufffd'),
          wantsSlot(run),
          briefVersion(write));
    }
    int inserted =
        rowsToInsert.execute(
            connection,
            """
            insert into run (id, project_id, version, status, goal, wants_slot, active, snapshot_version, snapshot_codec, brief_version)
            select id, project_id, version, status, goal, wants_slot, false, 0, 0, brief_version
            from unnest(%s) as new (id, project_id, version, status, goal, wants_slot, brief_version)
            on conflict (id) do nothing
            """);
    if (inserted < writes.size()) {
      // Another process created it meanwhile; what is decided on it must be decided again.
      throw new SQLTransactionRollbackException("another transaction created it", "40001");
    }
  }

  private void appendEvents(List<Write> writes, Pipeline rest) {
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
    rest.add(Positions.ANNOUNCEMENT);
    rest.add(
        events,
        """
        insert into event (run_id, version, type, data, at, actor, correlation, causation)
        select run_id, version, type, data::json, at, actor, correlation, causation
        from unnest(%s) as new (run_id, version, type, data, at, actor, correlation, causation)
        """);
  }

  private void updateRuns(List<Write> writes, Pipeline rest) {
    Rows runs = new Rows("text", "bigint", "text", "boolean", "text", "bigint", "bigint");
    for (Write write : writes) {
      boolean snapshot = snapshotIsDue(write);
      runs.add(
          write.run().value(),
          version(write),
          status(write.after()),
          wantsSlot(write.after()),
          snapshot ? StateCodec.write(write.after()) : null,
          snapshot ? version(write) : null,
          briefVersion(write));
    }
    rest.add(
        runs,
        """
        update run set version = new.version, status = new.status, wants_slot = new.wants_slot,
          active = run.active and new.wants_slot, updated_at = now(),
          snapshot = coalesce(new.snapshot, run.snapshot),
          snapshot_version = coalesce(new.snapshot_version, run.snapshot_version),
          snapshot_codec = case when new.snapshot is null then run.snapshot_codec else %d end,
          brief_version = coalesce(new.brief_version, run.brief_version)
        from unnest(%%s) as new (id, version, status, wants_slot, snapshot, snapshot_version, brief_version)
        where run.id = new.id
        """
            .formatted(StateCodec.VERSION));
  }

  /** The version at which these events changed the plan last; null if they left it. */
  private static @Nullable Long briefVersion(Write write) {
    Long changed = null;
    long version = write.before();
    for (Entry entry : write.entries()) {
      version++;
      if (entry.event() instanceof RunEvent.Created
          || entry.event() instanceof RunEvent.PolicyTightened
          || entry.event() instanceof RunEvent.StepsInjected) {
        changed = version;
      }
    }
    return changed;
  }

  private boolean snapshotIsDue(Write write) {
    RunRow row = rows.get(write.run());
    long since = version(write) - (row == null ? 0 : row.snapshotVersion());
    int steps = known(write).brief().plan().steps().size();
    return write.after() instanceof Run.Ended
        || since >= Math.max(EVENTS_BETWEEN_SNAPSHOTS, 2L * steps);
  }

  private void finishTasks(List<Write> writes, Pipeline rest) {
    Rows finished = new Rows("bigint", "bigint");
    for (Write write : writes) {
      for (Lease lease : write.finished()) {
        finished.add(lease.task(), lease.token());
      }
    }
    rest.add(
        finished,
        """
        delete from task using unnest(%s) as done (id, token) where task.id = done.id and task.token = done.token
        """);
  }

  private void withdrawTasks(List<Write> writes, Pipeline rest) {
    Rows withdrawn = new Rows("text", "text");
    for (Write write : writes) {
      for (Consequence consequence : write.consequences()) {
        switch (consequence.effect()) {
          case Effect.Withdraw(var prefix) -> withdrawn.add(write.run().value(), prefix);
          case Effect.WithdrawAll _ -> withdrawn.add(write.run().value(), "");
          case Effect.Enqueue _, Effect.StopWork _, Effect.Amend _ -> {}
        }
      }
    }
    rest.add(
        withdrawn,
        """
        delete from task using unnest(%s) as gone (run_id, prefix)
        where task.run_id = gone.run_id and starts_with(task.key, gone.prefix)
        """);
  }

  /** Whoever has a task of the run has lost it; a report that comes with it is refused. */
  private void stopWork(List<Write> writes, Pipeline rest) {
    Rows stopped = new Rows("text");
    for (Write write : writes) {
      if (effects(write).anyMatch(Effect.StopWork.class::isInstance)) {
        stopped.add(write.run().value());
      }
    }
    rest.add(
        stopped,
        """
        update task set state = 'waiting', token = null, lease_until = null from unnest(%s) as stopped (run_id)
        where task.run_id = stopped.run_id and task.state = 'leased' and task.kind <> 'wake'
        """);
  }

  /** The lease of a task that is under way stays as it is. */
  private void amendTasks(List<Write> writes, Pipeline rest) {
    Map<String, Map<String, String>> bodies = new TreeMap<>();
    for (Write write : writes) {
      effects(write)
          .flatMap(
              effect -> effect instanceof Effect.Amend(var task) ? Stream.of(task) : Stream.of())
          .forEach(task ->
              bodies
                  .computeIfAbsent(write.run().value(), _ -> new TreeMap<>())
                  .put(task.key(), TaskCodec.write(task)));
    }
    Rows amended = new Rows("text", "text", "text");
    bodies.forEach((run, tasks) -> tasks.forEach((key, body) -> amended.add(run, key, body)));
    rest.add(
        amended,
        """
        update task set body = amended.body::json from unnest(%s) as amended (run_id, key, body)
        where task.run_id = amended.run_id and task.key = amended.key
        """);
  }

  private static Stream<Effect> effects(Write write) {
    return write.consequences().stream().map(Consequence::effect);
  }

  /** True if workers may have lost tasks by it, or have tasks that say something new. */
  static boolean intervenes(Write write) {
    return effects(write)
        .anyMatch(effect ->
            switch (effect) {
              case Effect.StopWork _, Effect.Amend _, Effect.Withdraw _ -> true;
              case Effect.WithdrawAll _ -> write.after().status() != Run.Status.COMPLETED;
              case Effect.Enqueue _ -> false;
            });
  }

  private void enqueueTasks(List<Write> writes, Pipeline rest) {
    Rows tasks =
        new Rows(
            "text",
            "text",
            "text",
            "text",
            "text",
            "text",
            "int",
            "timestamptz",
            "boolean",
            "text",
            "text");
    for (Write write : writes) {
      for (Queued queued : remaining(write)) {
        Task task = queued.enqueue().task();
        tasks.add(
            known(write).brief().project().value(),
            write.run().value(),
            task.key(),
            TaskCodec.name(task),
            TaskCodec.engine(task).orElse(""),
            TaskCodec.write(task),
            queued.enqueue().priority(),
            readyAt(queued.enqueue().notBefore()),
            mayStart(write, task),
            queued.correlation(),
            queued.trace());
      }
    }
    rest.add(
        tasks,
        """
        insert into task (project_id, run_id, key, kind, engine, body, priority, ready_at, state, correlation, trace)
        select project_id, run_id, key, kind, engine, body::json, priority, ready_at,
          case when may_start then 'ready' else 'waiting' end, correlation, trace
        from unnest(%s) as new (project_id, run_id, key, kind, engine, body, priority, ready_at, may_start, correlation, trace)
        on conflict (run_id, key) do update set kind = excluded.kind, engine = excluded.engine, body = excluded.body,
          priority = excluded.priority, ready_at = excluded.ready_at, state = excluded.state,
          token = null, lease_until = null, correlation = excluded.correlation, trace = excluded.trace, waits_since = excluded.waits_since
        """);
  }

  private record Queued(Effect.Enqueue enqueue, String correlation, String trace) {}

  /**
   * What the batch leaves in the queue, its effects taken in order. Of two tasks with one key the
   * later one stays, since it follows from the newer state; a worker that has the other has lost
   * it.
   */
  private static Collection<Queued> remaining(Write write) {
    Map<String, Queued> tasks = new LinkedHashMap<>();
    for (Consequence consequence : write.consequences()) {
      switch (consequence.effect()) {
        case Effect.Enqueue enqueue ->
            tasks.put(
                enqueue.task().key(),
                new Queued(enqueue, consequence.correlation(), consequence.trace()));
        case Effect.Withdraw(var prefix) -> tasks.keySet().removeIf(key -> key.startsWith(prefix));
        case Effect.WithdrawAll _ -> tasks.clear();
        case Effect.Amend(var task) ->
            tasks.computeIfPresent(
                task.key(),
                (_, queued) ->
                    new Queued(
                        new Effect.Enqueue(
                            task, queued.enqueue().notBefore(), queued.enqueue().priority()),
                        queued.correlation(),
                        queued.trace()));
        case Effect.StopWork _ -> {}
      }
    }
    return write.after() instanceof Run.Ended ? List.of() : tasks.values();
  }

  /**
   * A run that gives up its slot, because it is paused or waits for a person, hands out no more
   * tasks.
   */
  private void holdTasks(List<Write> writes, Pipeline rest) {
    Rows held = new Rows("text");
    for (Write write : writes) {
      RunRow row = rows.get(write.run());
      if (row != null && row.active() && !wantsSlot(write.after())) {
        held.add(write.run().value());
      }
    }
    rest.add(
        held,
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
