package dev.capstan.server.wishes;

import dev.capstan.api.IntakeEvent;
import dev.capstan.server.rest.ApiException;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets time go on for the triggers that go by it: at most one run in each of their periods, which
 * are counted from 1970 so that every server and every restart counts alike.
 */
public final class Schedule implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Schedule.class);
  private static final long LOOK_MILLIS = 10_000;

  private final Triggers triggers;
  private final InstantSource clock;
  private final Thread thread;

  /** Begins at once. */
  public Schedule(Triggers triggers, InstantSource clock) {
    this.triggers = triggers;
    this.clock = clock;
    this.thread = Thread.ofVirtual().name("schedule").start(this::work);
  }

  private void work() {
    while (!Thread.currentThread().isInterrupted()) {
      try {
        tick();
        Thread.sleep(LOOK_MILLIS);
      } catch (InterruptedException _) {
        return;
      } catch (ApiException wrong) {
        LOG.warn("nothing is begun by time: {}", wrong.getMessage());
        pause();
      } catch (RuntimeException outage) {
        LOG.warn("the schedule waits for the store: {}", outage.getMessage());
        pause();
      }
    }
  }

  private static void pause() {
    try {
      Thread.sleep(LOOK_MILLIS);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  void tick() {
    for (Trigger trigger : triggers.all()) {
      if (!trigger.every().isZero()) {
        long period = clock.instant().getEpochSecond() / trigger.every().toSeconds();
        IntakeEvent event =
            new IntakeEvent(
                Trigger.SCHEDULE + '/' + trigger.name() + '/' + period,
                Trigger.SCHEDULE,
                Map.of("period", String.valueOf(period)));
        triggers.take(event, List.of(trigger)).notes().forEach(LOG::warn);
      }
    }
  }

  @Override
  public void close() {
    thread.interrupt();
    try {
      thread.join();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
