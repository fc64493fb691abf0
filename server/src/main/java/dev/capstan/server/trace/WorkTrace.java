package dev.capstan.server.trace;

import dev.capstan.control.BatchListener;
import dev.capstan.control.Envelope;
import dev.capstan.control.LeasedTask;
import dev.capstan.control.dispatch.DispatchListener;
import dev.capstan.worker.tracing.Tracing;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;

/** How long commands took to be durable, and how long tasks waited, as spans. */
public final class WorkTrace implements BatchListener, DispatchListener {
  private static final int MOST_LINKS = 16;

  private final Tracing tracing;
  private final InstantSource clock;

  public WorkTrace(Tracing tracing, InstantSource clock) {
    this.tracing = tracing;
    this.clock = clock;
  }

  /** In each trace that had a command in the batch, with links to the others. */
  @Override
  public void handled(List<Envelope> commands, Duration took, boolean stored) {
    List<String> traces =
        commands.stream()
            .map(Envelope::trace)
            .filter(trace -> !trace.isEmpty())
            .distinct()
            .toList();
    Instant now = clock.instant();
    for (String trace : traces) {
      List<String> others =
          traces.stream().filter(other -> !other.equals(trace)).limit(MOST_LINKS).toList();
      tracing.past("commands", trace, now.minus(took), now, others);
    }
  }

  @Override
  public void leased(LeasedTask task) {
    Instant now = clock.instant();
    tracing.past("queue " + task.kind(), task.trace(), now.minus(task.waited()), now, List.of());
  }
}
