package dev.capstan.postgres.runs;

import dev.capstan.control.EventStore.Versioned;
import dev.capstan.core.RunId;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The states of the runs used last. Safe for many threads; a version never goes back. */
final class StateCache {
  private static final int MOST = 2_000;

  private final Map<RunId, Versioned> states =
      new LinkedHashMap<>(256, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<RunId, Versioned> eldest) {
          return size() > MOST;
        }
      };

  synchronized @Nullable Versioned get(RunId run) {
    return states.get(run);
  }

  synchronized void put(RunId run, Versioned state) {
    states.merge(run, state, (old, fresh) -> fresh.version() >= old.version() ? fresh : old);
  }
}
