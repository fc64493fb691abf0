package dev.capstan.server.metrics;

import dev.capstan.control.dispatch.Dispatcher.Presence;
import dev.capstan.postgres.database.Database.Connections;
import java.util.List;
import java.util.function.Supplier;

/** What the parts of a server are doing at the moment of a scrape. */
public final class PartGauges {
  private PartGauges() {}

  /** The workers that are connected to it. */
  public static void workers(Metrics metrics, Supplier<List<Presence>> workers) {
    metrics.gauge(Metric.WORKERS, () -> workers.get().size());
    metrics.gauge(
        Metric.WORKER_CAPACITY,
        () -> workers.get().stream().mapToInt(one -> one.profile().capacity()).sum());
    metrics.gauge(
        Metric.WORKER_TASKS, () -> workers.get().stream().mapToInt(Presence::underWay).sum());
  }

  /** Its pool of connections. */
  public static void connections(Metrics metrics, Supplier<Connections> pool) {
    metrics.gauge(Metric.DATABASE_CONNECTIONS, () -> pool.get().active(), "state", "active");
    metrics.gauge(Metric.DATABASE_CONNECTIONS, () -> pool.get().idle(), "state", "idle");
    metrics.gauge(Metric.DATABASE_CONNECTIONS, () -> pool.get().awaited(), "state", "awaited");
  }

  /** The share of this month's budget that is gone; 0 if nothing limits it. */
  public static void budget(Metrics metrics, Supplier<Number> used) {
    metrics.gauge(Metric.LLM_BUDGET, used);
  }

  /** Those who follow the log. */
  public static void liveClients(Metrics metrics, Supplier<Number> clients) {
    metrics.gauge(Metric.LIVE_CLIENTS, clients);
  }
}
