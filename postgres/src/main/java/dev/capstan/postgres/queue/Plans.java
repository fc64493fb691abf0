package dev.capstan.postgres.queue;

import dev.capstan.control.codec.EventCodec;
import dev.capstan.core.RunId;
import dev.capstan.core.plan.Plan;
import dev.capstan.core.run.Run;
import dev.capstan.core.run.RunHistory;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/** The plans of the runs whose tasks were claimed last. Safe for many threads. */
final class Plans {
  /** Of all plans that are kept; some 100 MB. */
  private static final int MOST_STEPS = 100_000;

  private record Known(long version, Plan plan) {}

  private final Map<RunId, Known> known = new LinkedHashMap<>(256, 0.75f, true);
  private int steps;

  /**
   * The plans of these runs.
   *
   * @param versions of each run, the version of the event that changed its plan last
   */
  synchronized Map<RunId, Plan> of(Connection connection, Map<RunId, Long> versions)
      throws SQLException {
    Map<RunId, Plan> plans = new HashMap<>();
    Map<RunId, Long> unknown = new HashMap<>();
    versions.forEach((run, version) -> {
      Known plan = known.get(run);
      if (plan != null && plan.version() == version) {
        plans.put(run, plan.plan());
      } else {
        unknown.put(run, version);
      }
    });
    if (!unknown.isEmpty()) {
      read(connection, unknown)
          .forEach((run, plan) -> {
            plans.put(run, plan);
            keep(run, new Known(versions.getOrDefault(run, 0L), plan));
          });
    }
    return plans;
  }

  /** Those that were used longest ago make room. */
  private void keep(RunId run, Known fresh) {
    Known old = known.put(run, fresh);
    steps += fresh.plan().steps().size() - (old == null ? 0 : old.plan().steps().size());
    Iterator<Known> eldest = known.values().iterator();
    while (steps > MOST_STEPS && known.size() > 1) {
      steps -= eldest.next().plan().steps().size();
      eldest.remove();
    }
  }

  /** Only the events up to the last that changed the plan are read. */
  private static Map<RunId, Plan> read(Connection connection, Map<RunId, Long> versions)
      throws SQLException {
    String sql =
        """
        select event.run_id, event.type, event.data
        from unnest(?::text[], ?::bigint[]) as asked (run_id, version)
        join event on event.run_id = asked.run_id and event.version <= asked.version
        order by event.run_id, event.version
        """;
    Map<RunId, Run> runs = new HashMap<>();
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      select.setArray(
          1,
          connection.createArrayOf("text", versions.keySet().stream().map(RunId::value).toArray()));
      select.setArray(2, connection.createArrayOf("bigint", versions.values().toArray()));
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          RunId run = new RunId(row.getString("run_id"));
          Run before = runs.getOrDefault(run, new Run.Absent());
          runs.put(
              run,
              RunHistory.evolve(
                  before, EventCodec.read(row.getString("type"), row.getString("data"))));
        }
      }
    }
    Map<RunId, Plan> plans = new HashMap<>();
    runs.forEach((run, state) -> {
      if (state instanceof Run.Known created) {
        plans.put(run, created.brief().plan());
      }
    });
    return plans;
  }
}
