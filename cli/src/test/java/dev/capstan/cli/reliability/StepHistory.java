package dev.capstan.cli.reliability;

import dev.capstan.control.records.RunQueries.Recorded;
import dev.capstan.core.StepId;
import dev.capstan.core.run.RunEvent;
import java.util.List;
import java.util.function.Predicate;

/** How often what matters was recorded of one step. */
record StepHistory(long started, long executed, long verified, long merged, long failed) {
  /** As it is without any kill, and as it has to be with them. */
  static final StepHistory UNDISTURBED = new StepHistory(1, 1, 1, 1, 0);

  static StepHistory of(StepId step, List<Recorded> events) {
    return new StepHistory(
        count(events, e -> e instanceof RunEvent.StepStarted(var s, _, _) && s.equals(step)),
        count(events, e -> e instanceof RunEvent.AttemptExecuted(var s, _, _) && s.equals(step)),
        count(
            events,
            e ->
                e instanceof RunEvent.AttemptVerified(var s, var evidence)
                    && s.equals(step)
                    && !evidence.checks().isEmpty()),
        count(
            events,
            e ->
                (e instanceof RunEvent.StepCompleted(var s, _) && s.equals(step))
                    || (e instanceof RunEvent.Integrated(_, var all) && all.contains(step))),
        count(
            events, e -> e instanceof RunEvent.AttemptFailed(var s, _, _, _, _) && s.equals(step)));
  }

  private static long count(List<Recorded> events, Predicate<RunEvent> which) {
    return events.stream().map(Recorded::event).filter(which).count();
  }
}
