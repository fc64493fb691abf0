package dev.capstan.server.metrics;

import dev.capstan.control.BatchListener;
import dev.capstan.control.Envelope;
import dev.capstan.control.LeasedTask;
import dev.capstan.control.dispatch.DispatchListener;
import java.time.Duration;
import java.util.List;

/** Measures the batches of commands, and what the dispatcher does. */
public final class WorkMeter implements BatchListener, DispatchListener {
  private final Metrics metrics;

  public WorkMeter(Metrics metrics) {
    this.metrics = metrics;
  }

  @Override
  public void handled(List<Envelope> commands, Duration took, boolean stored) {
    String outcome = stored ? "stored" : "not-stored";
    metrics.count(Metric.COMMANDS, commands.size(), "outcome", outcome);
    metrics.size(Metric.COMMAND_BATCH_SIZE, commands.size());
    metrics.moment(Metric.COMMAND_BATCH, took, "outcome", outcome);
  }

  @Override
  public void leased(LeasedTask task) {
    metrics.moment(Metric.DISPATCH, task.waited(), "kind", task.kind());
  }

  @Override
  public void finished(LeasedTask task, Duration took, boolean well) {
    metrics.work(Metric.TASKS_DONE, took, "kind", task.kind(), "outcome", well ? "done" : "failed");
  }

  @Override
  public void lost(int leases) {
    metrics.count(Metric.LEASES_LOST, leases);
  }
}
