package dev.capstan.server.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.jvm.ClassLoaderMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.DiskSpaceMetrics;
import io.micrometer.core.instrument.binder.system.FileDescriptorMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Supplier;

/** The meters of one server. Safe for many threads. */
public final class Metrics implements AutoCloseable {
  private static final Duration[] FAST = {
    Duration.ofMillis(1),
    Duration.ofMillis(5),
    Duration.ofMillis(10),
    Duration.ofMillis(25),
    Duration.ofMillis(50),
    Duration.ofMillis(100),
    Duration.ofMillis(250),
    Duration.ofMillis(500),
    Duration.ofSeconds(1),
    Duration.ofSeconds(5),
    Duration.ofSeconds(30)
  };
  private static final Duration[] LONG = {
    Duration.ofMillis(100),
    Duration.ofMillis(500),
    Duration.ofSeconds(1),
    Duration.ofSeconds(5),
    Duration.ofSeconds(15),
    Duration.ofMinutes(1),
    Duration.ofMinutes(5),
    Duration.ofMinutes(15),
    Duration.ofHours(1),
    Duration.ofHours(6)
  };
  private static final double[] SIZES = {1, 2, 4, 8, 16, 32, 64, 128, 256};

  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);

  /** {@code data} is the folder on whose disk the space is watched. */
  public Metrics(Path data) {
    new JvmMemoryMetrics().bindTo(registry);
    new JvmThreadMetrics().bindTo(registry);
    new ClassLoaderMetrics().bindTo(registry);
    new ProcessorMetrics().bindTo(registry);
    new FileDescriptorMetrics().bindTo(registry);
    new UptimeMetrics().bindTo(registry);
    new DiskSpaceMetrics(data.toFile()).bindTo(registry);
  }

  /** For libraries, and for parts that measure what only they know. */
  public MeterRegistry registry() {
    return registry;
  }

  /** One more; {@code labels} are names and values in turn. */
  void count(Metric metric, String... labels) {
    count(metric, 1, labels);
  }

  void count(Metric metric, long more, String... labels) {
    add(metric, (double) more, labels);
  }

  /** For what is no number of things. */
  void add(Metric metric, double more, String... labels) {
    Counter.builder(metric.id())
        .description(metric.description())
        .tags(labels)
        .register(registry)
        .increment(more);
  }

  /** How long something took that is over in moments. */
  void moment(Metric metric, Duration took, String... labels) {
    time(metric, took, FAST, labels);
  }

  /** Somebody bore no good token. */
  public void signInFailed() {
    count(Metric.FAILED_SIGN_INS);
  }

  /** A worker that is known was refused something. */
  public void workerRefused(String reason) {
    count(Metric.WORKERS_REFUSED, "reason", reason);
  }

  /** How long planning a goal took. */
  public void planned(Duration took) {
    work(Metric.PLANNING, took);
  }

  /** How long some work took. */
  void work(Metric metric, Duration took, String... labels) {
    time(metric, took, LONG, labels);
  }

  private void time(Metric metric, Duration took, Duration[] buckets, String... labels) {
    Timer.builder(metric.id())
        .description(metric.description())
        .tags(labels)
        .serviceLevelObjectives(buckets)
        .register(registry)
        .record(took);
  }

  void size(Metric metric, double size) {
    DistributionSummary.builder(metric.id())
        .description(metric.description())
        .serviceLevelObjectives(SIZES)
        .register(registry)
        .record(size);
  }

  void share(Metric metric, double share) {
    DistributionSummary.builder(metric.id())
        .description(metric.description())
        .register(registry)
        .record(share);
  }

  /** What is asked for at each scrape. */
  void gauge(Metric metric, Supplier<Number> value, String... labels) {
    Gauge.builder(metric.id(), value)
        .description(metric.description())
        .tags(labels)
        .register(registry);
  }

  /** In seconds. */
  void age(Metric metric, Supplier<Number> seconds) {
    Gauge.builder(metric.id(), seconds)
        .description(metric.description())
        .baseUnit("seconds")
        .register(registry);
  }

  /** In the text format of Prometheus. */
  String scrape() {
    return registry.scrape();
  }

  @Override
  public void close() {
    registry.close();
  }
}
