package dev.capstan.server.metrics;

import dev.capstan.sandbox.Confinement;
import dev.capstan.sandbox.Outcome;
import dev.capstan.sandbox.OutputListener;
import dev.capstan.sandbox.Sandbox;
import java.util.concurrent.atomic.AtomicInteger;

/** Knows how many programs run in it. */
public final class MeasuredSandbox implements Sandbox {
  private final Sandbox sandbox;
  private final AtomicInteger running = new AtomicInteger();

  public MeasuredSandbox(Sandbox sandbox, Metrics metrics) {
    this.sandbox = sandbox;
    metrics.gauge(Metric.SANDBOXES, running::get);
  }

  @Override
  public Outcome run(Confinement confinement, OutputListener output) {
    running.incrementAndGet();
    try {
      return sandbox.run(confinement, output);
    } finally {
      running.decrementAndGet();
    }
  }
}
