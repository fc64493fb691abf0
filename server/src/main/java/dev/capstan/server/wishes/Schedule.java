package dev.capstan.server.wishes;

import dev.capstan.api.IntakeEvent;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets time go on for the triggers that go by it: at most one run in each of their periods, which
 * are counted from 1970 so that every server and every restart counts alike.
 */
public final class Schedule {
  private static final Logger LOG = LoggerFactory.getLogger(Schedule.class);

  private final Triggers triggers;
  private final InstantSource clock;

  public Schedule(Triggers triggers, InstantSource clock) {
    this.triggers = triggers;
    this.clock = clock;
  }

  /**
   * To be called every few seconds.
   *
   * @return how many runs were asked for
   */
  public int tick() {
    int asked = 0;
    for (Trigger trigger : triggers.all()) {
      if (!trigger.every().isZero()) {
        long period = clock.instant().getEpochSecond() / trigger.every().toSeconds();
        IntakeEvent event =
            new IntakeEvent(
                Trigger.SCHEDULE + '/' + trigger.name() + '/' + period,
                Trigger.SCHEDULE,
                Map.of("period", String.valueOf(period)));
        IntakeEvent.Answer answer = triggers.take(event, List.of(trigger));
        answer.notes().forEach(LOG::warn);
        asked += answer.taken() ? answer.runs().size() : 0;
      }
    }
    return asked;
  }
}
