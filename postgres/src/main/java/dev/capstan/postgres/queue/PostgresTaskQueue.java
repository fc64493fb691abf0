package dev.capstan.postgres.queue;

import dev.capstan.control.Capabilities;
import dev.capstan.control.Lease;
import dev.capstan.control.LeasedTask;
import dev.capstan.control.TaskQueue;
import dev.capstan.control.TaskQueue.Held;
import dev.capstan.control.codec.TaskCodec;
import dev.capstan.core.ProjectId;
import dev.capstan.core.RunId;
import dev.capstan.core.plan.Plan;
import dev.capstan.postgres.database.Transactions;
import dev.capstan.postgres.runs.Interventions;
import dev.capstan.postgres.runs.Signal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The queue in PostgreSQL: {@code SKIP LOCKED}, judged by the database's clock, fenced by tokens.
 *
 * <p>One claimer for each server leases many tasks in one statement. It does not wait for the disk:
 * a claim that a crash undoes is made again, and its token was of an epoch that is over.
 */
public final class PostgresTaskQueue implements TaskQueue {
  /** Claims of all servers come one after another, so that limits hold over all of them. */
  static final long CLAIM_LOCK = 0x6361707374616eL;

  /**
   * A claim skips the search for ended leases and free slots for so long after one, as long as
   * claims find something; one that finds nothing always searches.
   */
  private static final long TIDY_NANOS = 50_000_000;

  /** A task that was queued before engines were matched may be done by any. */
  private static final String ENGINE =
      "(engine = '' or engine = any((select names from able)::text[]))";

  private static final String KIND = "kind = any((select names from able)::text[])";

  private final Transactions transactions;
  private final Signal signal;
  private final Interventions interventions;
  private final long epoch;
  private final Plans plans = new Plans();
  private final AtomicLong claims = new AtomicLong();
  private volatile long seen;
  private volatile long lastTidied = System.nanoTime() - TIDY_NANOS;
  private volatile boolean idle = true;

  private PostgresTaskQueue(
      Transactions transactions, Signal signal, Interventions interventions, long epoch) {
    this.transactions = transactions;
    this.signal = signal;
    this.interventions = interventions;
    this.epoch = epoch;
  }

  /**
   * Opens the queue and begins a new epoch.
   *
   * @param sole true if no other server works on this database, so that every lease is a dead one's
   */
  public static PostgresTaskQueue open(
      Transactions transactions, Signal signal, Interventions interventions, boolean sole) {
    long epoch = PostgresInstallation.beginEpoch(transactions);
    PostgresTaskQueue queue = new PostgresTaskQueue(transactions, signal, interventions, epoch);
    if (sole) {
      transactions.inTransaction(connection -> queue.free(connection, "true"));
    }
    return queue;
  }

  @Override
  public List<LeasedTask> claim(Capabilities able, int most, int executing, Duration lease) {
    seen = signal.count();
    return transactions.inTransaction(connection -> {
      prepareClaim(connection);
      boolean tidied = idle || System.nanoTime() - lastTidied >= TIDY_NANOS;
      if (tidied) {
        tidy(connection);
      }
      List<LeasedTask> claimed = claimReady(connection, able, most, executing, lease);
      if (claimed.isEmpty() && !tidied && tidy(connection) > 0) {
        claimed = claimReady(connection, able, most, executing, lease);
      }
      idle = claimed.isEmpty();
      return claimed;
    });
  }

  private static void prepareClaim(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(
          "set local synchronous_commit = off; select pg_advisory_xact_lock(" + CLAIM_LOCK + ")");
    }
  }

  /** Finds tasks that became ready otherwise than by being queued so; says how many. */
  private int tidy(Connection connection) throws SQLException {
    lastTidied = System.nanoTime();
    return free(connection, "lease_until < clock_timestamp()") + giveSlots(connection);
  }

  private List<LeasedTask> claimReady(
      Connection connection, Capabilities able, int most, int executing, Duration lease)
      throws SQLException {
    List<LeasedTask> claimed = new ArrayList<>();
    if (able.kinds().contains(TaskCodec.EXECUTE)) {
      claimed.addAll(
          claim(connection, "kind = 'execute'", ENGINE, able.engines(), most, executing, lease));
    }
    if (claimed.size() < most) {
      int room = most - claimed.size();
      claimed.addAll(
          claim(
              connection, "kind <> 'execute'", KIND, able.kinds(), room, Integer.MAX_VALUE, lease));
    }
    return claimed;
  }

  /**
   * Tasks whose lease is over are ready again, or wait if their run does. A run that is being
   * changed is left for the next time: whether it is active is known only once that is over.
   */
  private int free(Connection connection, String condition) throws SQLException {
    String sql =
        """
        with ended as (
          select task.id, task.kind = 'wake' or run.active as ready
          from task join run on run.id = task.run_id
          where task.state = 'leased' and %s
          order by task.id for update of task skip locked for share of run skip locked
        )
        update task set token = null, lease_until = null, waits_since = clock_timestamp(),
          state = case when ended.ready then 'ready' else 'waiting' end
        from ended where task.id = ended.id
        """
            .formatted(condition);
    try (PreparedStatement update = connection.prepareStatement(sql)) {
      return update.executeUpdate();
    }
  }

  /**
   * Runs that want a slot get the free ones of their project, oldest first; their tasks become
   * ready. A project that is halted has none. That is a statement of its own, so that it sees what
   * was queued until the run was locked.
   */
  private static int giveSlots(Connection connection) throws SQLException {
    List<String> activated = activate(connection);
    if (activated.isEmpty()) {
      return 0;
    }
    String sql =
        "update task set state = 'ready', waits_since = clock_timestamp()"
            + " where state = 'waiting' and run_id = any(?)";
    try (PreparedStatement update = connection.prepareStatement(sql)) {
      update.setArray(1, connection.createArrayOf("text", activated.toArray()));
      return update.executeUpdate();
    }
  }

  private static List<String> activate(Connection connection) throws SQLException {
    String sql =
        """
        with waiting as (
          select id, project_id, row_number() over (partition by project_id order by created_at, id) as place
          from run where wants_slot and not active
        ), free as (
          select id, case when id in (select project_id from halted) then 0
            else slots - (select count(*) from run where run.project_id = project.id and run.active) end as slots
          from project where id in (select project_id from waiting)
        ), chosen as (
          select run.id from run
          where id in (select waiting.id from waiting join free on free.id = waiting.project_id where place <= free.slots)
          order by run.id for no key update skip locked
        )
        update run set active = true from chosen where run.id = chosen.id and run.wants_slot returning run.id
        """;
    List<String> activated = new ArrayList<>();
    try (Statement update = connection.createStatement();
        ResultSet row = update.executeQuery(sql)) {
      while (row.next()) {
        activated.add(row.getString(1));
      }
    }
    return activated;
  }

  /**
   * Leases tasks of those kinds, as long as fewer than {@code limit} of them are leased.
   *
   * @param match the condition that takes {@code names}
   */
  private List<LeasedTask> claim(
      Connection connection,
      String kinds,
      String match,
      Set<String> names,
      int most,
      int limit,
      Duration lease)
      throws SQLException {
    String leased =
        limit == Integer.MAX_VALUE
            ? "0"
            : "select count(*)::int from task where state = 'leased' and " + kinds;
    String sql =
        """
        with able as (
          select ?::text[] as names
        ), turn as (
          select id from project where exists (
            select 1 from task where project_id = project.id and state = 'ready' and %1$s and %3$s and ready_at <= clock_timestamp())
          order by last_claimed, id limit ?
        ), picked as (
          select candidate.id from turn cross join lateral (
            select id from task
            where project_id = turn.id and state = 'ready' and %1$s and %3$s and ready_at <= clock_timestamp()
            order by priority desc, id
            limit greatest(1, ? / (select count(*) from turn)) for update skip locked) as candidate
          limit greatest(0, least(?, ? - (%2$s)))
        ), leased as (
          update task set state = 'leased', token = ?, lease_until = clock_timestamp() + make_interval(secs => ?)
          from picked where task.id = picked.id
          returning task.id, task.run_id, task.project_id, task.kind, task.body, task.correlation, task.trace,
            task.token, task.priority, extract(epoch from clock_timestamp() - greatest(task.waits_since, task.ready_at)) as waited
        ), turned as (
          update project set last_claimed = ? where id in (select project_id from leased)
        )
        select leased.*, run.brief_version from leased join run on run.id = leased.run_id
        order by leased.priority desc, leased.id
        """
            .formatted(kinds, leased, match);
    long token = (epoch << 40) + claims.incrementAndGet();
    try (PreparedStatement claim = connection.prepareStatement(sql)) {
      claim.setArray(1, connection.createArrayOf("text", names.toArray()));
      claim.setInt(2, most);
      claim.setInt(3, most);
      claim.setInt(4, most);
      claim.setInt(5, limit);
      claim.setLong(6, token);
      claim.setDouble(7, lease.toMillis() / 1000.0);
      claim.setLong(8, token);
      try (ResultSet row = claim.executeQuery()) {
        return leasedTasks(connection, row);
      }
    }
  }

  /** A row of a leased task, whose step is still to be looked up in the plan. */
  private record Row(
      Lease lease,
      RunId run,
      ProjectId project,
      String kind,
      String body,
      String correlation,
      String trace,
      Duration waited) {
    LeasedTask task(Map<RunId, Plan> plans) {
      return new LeasedTask(
          lease,
          run,
          project,
          TaskCodec.read(kind, body, () -> plan(plans)),
          correlation,
          trace,
          waited);
    }

    private Plan plan(Map<RunId, Plan> plans) {
      Plan plan = plans.get(run);
      if (plan == null) {
        throw new IllegalStateException("the log does not say how run " + run + " was created");
      }
      return plan;
    }
  }

  private List<LeasedTask> leasedTasks(Connection connection, ResultSet row) throws SQLException {
    List<Row> rows = new ArrayList<>();
    Map<RunId, Long> planned = new HashMap<>();
    while (row.next()) {
      RunId run = new RunId(row.getString("run_id"));
      String kind = row.getString("kind");
      if (TaskCodec.needsPlan(kind)) {
        planned.put(run, row.getLong("brief_version"));
      }
      rows.add(
          new Row(
              new Lease(row.getLong("id"), row.getLong("token")),
              run,
              new ProjectId(row.getString("project_id")),
              kind,
              row.getString("body"),
              row.getString("correlation"),
              row.getString("trace"),
              Duration.ofMillis(Math.max(0, Math.round(1000 * row.getDouble("waited"))))));
    }
    Map<RunId, Plan> plans = this.plans.of(connection, planned);
    return rows.stream().map(leased -> leased.task(plans)).toList();
  }

  @Override
  public Set<Lease> renew(Collection<Lease> leases, Duration lease) {
    String sql =
        """
        with held as (
          select task.id, task.token from task
          join unnest(?::bigint[], ?::bigint[]) as lease (id, token) on task.id = lease.id and task.token = lease.token
          order by task.id for update of task
        )
        update task set lease_until = clock_timestamp() + make_interval(secs => ?)
        from held where task.id = held.id returning task.id, task.token
        """;
    return transactions.inTransaction(connection -> {
      try (PreparedStatement update = connection.prepareStatement(sql)) {
        setLeases(connection, update, leases);
        update.setDouble(3, lease.toMillis() / 1000.0);
        Set<Lease> held = new HashSet<>();
        try (ResultSet row = update.executeQuery()) {
          while (row.next()) {
            held.add(new Lease(row.getLong(1), row.getLong(2)));
          }
        }
        return held;
      }
    });
  }

  @Override
  public Optional<Held> held(Lease lease) {
    return transactions.readOnly(connection -> {
      try (PreparedStatement select =
          connection.prepareStatement(
              "select run_id, project_id from task where id = ? and token = ? and state = 'leased'")) {
        select.setLong(1, lease.task());
        select.setLong(2, lease.token());
        try (ResultSet row = select.executeQuery()) {
          return row.next()
              ? Optional.of(new Held(new RunId(row.getString(1)), new ProjectId(row.getString(2))))
              : Optional.empty();
        }
      }
    });
  }

  @Override
  public void giveBack(Collection<Lease> leases) {
    String sql =
        """
        with lease as (
          select * from unnest(?::bigint[], ?::bigint[]) as lease (id, token)
        ), concerned as (
          select id, active from run
          where id in (select task.run_id from task join lease on task.id = lease.id and task.token = lease.token)
          order by id for share
        )
        update task set token = null, lease_until = null, waits_since = clock_timestamp(),
          state = case when task.kind = 'wake' or concerned.active then 'ready' else 'waiting' end
        from concerned, lease
        where concerned.id = task.run_id and task.id = lease.id and task.token = lease.token
        """;
    transactions.inTransaction(connection -> {
      try (PreparedStatement update = connection.prepareStatement(sql)) {
        setLeases(connection, update, leases);
        return update.executeUpdate();
      }
    });
    signal.give();
  }

  @Override
  public long interventions() {
    return interventions.count();
  }

  @Override
  public Map<Lease, List<String>> instructions(Collection<Lease> leases) {
    String sql =
        """
        select task.id, task.token, told.text
        from task join unnest(?::bigint[], ?::bigint[]) as lease (id, token) on task.id = lease.id and task.token = lease.token
        cross join lateral json_array_elements_text(task.body -> 'attempt' -> 'instructions') with ordinality as told (text, place)
        where task.kind = 'execute' order by task.id, told.place
        """;
    return transactions.readOnly(connection -> {
      try (PreparedStatement select = connection.prepareStatement(sql)) {
        setLeases(connection, select, leases);
        Map<Lease, List<String>> told = new HashMap<>();
        try (ResultSet row = select.executeQuery()) {
          while (row.next()) {
            told.computeIfAbsent(new Lease(row.getLong(1), row.getLong(2)), _ -> new ArrayList<>())
                .add(row.getString(3));
          }
        }
        return told;
      }
    });
  }

  private static void setLeases(
      Connection connection, PreparedStatement statement, Collection<Lease> leases)
      throws SQLException {
    statement.setArray(
        1, connection.createArrayOf("bigint", leases.stream().map(Lease::task).toArray()));
    statement.setArray(
        2, connection.createArrayOf("bigint", leases.stream().map(Lease::token).toArray()));
  }

  @Override
  public int sweep() {
    int ready =
        transactions.inTransaction(connection -> {
          prepareClaim(connection);
          return tidy(connection);
        });
    if (ready > 0) {
      signal.give();
    }
    return ready;
  }

  @Override
  public void awaitWork(Duration atMost) throws InterruptedException {
    Duration untilDue = transactions.readOnly(PostgresTaskQueue::untilDue);
    signal.await(seen, untilDue.compareTo(atMost) < 0 ? untilDue : atMost);
  }

  @Override
  public void stir() {
    signal.give();
  }

  /** How long until the next delayed task may start; a day if there is none. */
  private static Duration untilDue(Connection connection) throws SQLException {
    String sql =
        """
        select coalesce(greatest(0, least(86400000, ceil(extract(epoch from min(ready_at) - clock_timestamp()) * 1000))), 86400000)::bigint
        from task where state = 'ready' and ready_at > clock_timestamp()
        """;
    try (Statement select = connection.createStatement();
        ResultSet row = select.executeQuery(sql)) {
      row.next();
      return Duration.ofMillis(row.getLong(1));
    }
  }
}
