package dev.capstan.server.metrics;

import dev.capstan.control.EventStore;
import dev.capstan.control.Lease;
import dev.capstan.core.RunId;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;

/** Counts what became durable: each event once, by the server that stored it. */
public final class MeasuredStore implements EventStore {
  private final EventStore store;
  private final RunMeter meter;

  public MeasuredStore(EventStore store, RunMeter meter) {
    this.store = store;
    this.meter = meter;
  }

  private record Stored(Map<RunId, Versioned> before, List<Write> writes) {}

  @Override
  public void transact(Set<RunId> runs, Set<Lease> leases, Function<Loaded, List<Write>> decide) {
    AtomicReference<Stored> last = new AtomicReference<>(new Stored(Map.of(), List.of()));
    store.transact(
        runs,
        leases,
        loaded -> {
          List<Write> writes = decide.apply(loaded);
          last.set(new Stored(loaded.runs(), writes));
          return writes;
        });
    Stored stored = last.get();
    for (Write write : stored.writes()) {
      meter.count(stored.before().get(write.run()), write);
    }
  }
}
