package dev.capstan.postgres.runs;

import dev.capstan.control.EventStore.Consequence;
import dev.capstan.control.EventStore.Entry;
import dev.capstan.control.EventStore.Versioned;
import dev.capstan.control.EventStore.Write;
import dev.capstan.core.Actor;
import dev.capstan.core.RunId;
import dev.capstan.core.run.Brief;
import dev.capstan.core.run.Run;
import dev.capstan.core.run.RunEvent;
import dev.capstan.core.run.RunHistory;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/** Writes of one event, for tests that work on the store itself. */
final class OneEvent {
  private OneEvent() {}

  static Write created(Brief brief) {
    Versioned absent = new Versioned(new Run.Absent(), 0);
    return write(brief.run(), absent, new RunEvent.Created(brief), List.of());
  }

  static Write cancelled(RunId run, Versioned at) {
    return write(run, at, new RunEvent.Cancelled("no"), List.of());
  }

  /** Pauses the run if it is active, resumes it if it is paused. */
  static Write toggle(RunId run, Versioned at, List<Consequence> consequences) {
    RunEvent event =
        at.run() instanceof Run.Paused ? new RunEvent.Resumed() : new RunEvent.Paused("lunch");
    return write(run, at, event, consequences);
  }

  private static Write write(
      RunId run, Versioned at, RunEvent event, List<Consequence> consequences) {
    Entry entry = new Entry(event, Instant.now(), new Actor("ann"), "request-1", "test");
    return new Write(
        run,
        at.version(),
        RunHistory.evolve(at.run(), event),
        List.of(entry),
        consequences,
        Set.of());
  }
}
