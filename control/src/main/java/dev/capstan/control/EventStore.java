package dev.capstan.control;

import dev.capstan.core.Actor;
import dev.capstan.core.RunId;
import dev.capstan.core.run.Effect;
import dev.capstan.core.run.Run;
import dev.capstan.core.run.RunEvent;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/** The port to the log. What one call writes is durable as a whole or not at all. */
public interface EventStore {
  /**
   * Locks the runs, hands them to {@code decide}, and stores what it answers: events, states, tasks
   * and the end of leases, in one transaction. Returns when it is durable. {@code decide} may be
   * called again if the transaction has to be repeated, so it must have no effect of its own.
   */
  void transact(Set<RunId> runs, Set<Lease> leases, Function<Loaded, List<Write>> decide);

  /**
   * What is there, locked.
   *
   * @param runs every run asked for; one that does not exist is absent at version 0
   * @param held those of the leases that are still held
   */
  record Loaded(Map<RunId, Versioned> runs, Set<Lease> held) {}

  /** A run and the number of its events. */
  record Versioned(Run run, long version) {}

  /** An event with who, why and when. */
  record Entry(RunEvent event, Instant at, Actor by, String correlation, String causation) {}

  /** An effect with the request it goes back to, and where in a trace it was caused. */
  record Consequence(Effect effect, String correlation, String trace) {}

  /**
   * What one run becomes.
   *
   * @param before its version until now
   * @param after its state after the entries
   * @param finished leases whose tasks are done
   */
  record Write(
      RunId run,
      long before,
      Run after,
      List<Entry> entries,
      List<Consequence> consequences,
      Set<Lease> finished) {}
}
