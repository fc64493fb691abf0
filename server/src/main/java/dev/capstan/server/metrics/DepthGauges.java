package dev.capstan.server.metrics;

import dev.capstan.control.codec.TaskCodec;
import dev.capstan.core.run.Run;
import dev.capstan.postgres.queue.PostgresDepths.Depths;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How much waits in the database, as of the last scrape. Safe for many threads. */
public final class DepthGauges {
  private static final Logger LOG = LoggerFactory.getLogger(DepthGauges.class);

  /** Several scrapers ask the database once. */
  private static final Duration FRESH = Duration.ofSeconds(1);

  private static final Duration PATIENCE = Duration.ofSeconds(3);

  private static final List<String> STATES = List.of("waiting", "ready", "leased");

  private final Supplier<Depths> database;
  private final Duration fresh;
  private Optional<Depths> last = Optional.empty();
  private CompletableFuture<Depths> answer = CompletableFuture.failedFuture(new TimeoutException());
  private long asked;

  /** {@code database} answers, or throws if it is out of reach. */
  public DepthGauges(Supplier<Depths> database, Metrics metrics) {
    this(database, metrics, FRESH);
  }

  /** What was read is good for so long. */
  DepthGauges(Supplier<Depths> database, Metrics metrics, Duration fresh) {
    this.database = database;
    this.fresh = fresh;
    this.asked = System.nanoTime() - fresh.toNanos();
    for (String state : STATES) {
      for (String kind : TaskCodec.names()) {
        metrics.gauge(
            Metric.TASKS, () -> of(all -> all.tasks(state, kind)), "state", state, "kind", kind);
      }
    }
    for (Run.Status status : Run.Status.values()) {
      String word = status.name().toLowerCase(Locale.ROOT);
      metrics.gauge(Metric.RUNS, () -> of(all -> all.runs(word)), "state", word);
    }
    metrics.age(Metric.OLDEST_READY, () -> of(Depths::oldestReadySeconds));
    metrics.gauge(Metric.WISHES, () -> of(Depths::wishes));
    metrics.gauge(Metric.INBOX, () -> of(Depths::inbox));
    metrics.gauge(Metric.OUTBOX, () -> of(Depths::outbox));
    metrics.gauge(Metric.DATABASE_UP, () -> last().isPresent() ? 1 : 0);
  }

  private synchronized Optional<Depths> last() {
    return last;
  }

  private Number of(ToDoubleFunction<Depths> depth) {
    return last().map(depth::applyAsDouble).orElse(Double.NaN);
  }

  /** Asks the database, unless it was asked a moment ago, or still has not answered. */
  synchronized void refresh() throws InterruptedException {
    if (System.nanoTime() - asked < fresh.toNanos()) {
      return;
    }
    if (answer.isDone()) {
      answer = new CompletableFuture<>();
      Thread.ofVirtual().name("depths").start(ask(answer));
    }
    last = answered();
    asked = System.nanoTime();
  }

  private Runnable ask(CompletableFuture<Depths> told) {
    return () -> {
      try {
        told.complete(database.get());
      } catch (RuntimeException outage) {
        told.completeExceptionally(outage);
      }
    };
  }

  /** The pool itself would try for a minute, and who scrapes waits seconds. */
  private Optional<Depths> answered() throws InterruptedException {
    try {
      return Optional.of(answer.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS));
    } catch (ExecutionException | TimeoutException outage) {
      LOG.warn("the depths of the queues are not known: {}", outage.getMessage());
      return Optional.empty();
    }
  }
}
