package dev.capstan.control;

import dev.capstan.core.RunId;
import dev.capstan.core.run.Run;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.function.Function;

/** A store in memory that can be told to fail, to repeat its transaction, or to wait. */
final class MemoryEventStore implements EventStore {
  private final Map<RunId, Versioned> runs = new HashMap<>();
  private final List<List<Write>> written = new ArrayList<>();
  private final List<Integer> batches = new ArrayList<>();
  private final Set<Lease> held = new HashSet<>();
  private final Semaphore entering = new Semaphore(0);
  private final Semaphore committing = new Semaphore(0);
  private boolean parked;
  private boolean repeats;
  private boolean fails;

  synchronized void hold(Lease lease) {
    held.add(lease);
  }

  /** Every transaction is decided twice, as after a deadlock. */
  synchronized void repeat() {
    repeats = true;
  }

  synchronized void fail(boolean now) {
    fails = now;
  }

  /** From now on a transaction stops before it is durable, until {@link #letGo}. */
  synchronized void park() {
    parked = true;
  }

  /** Waits until a transaction is decided and parked. */
  void awaitParked() throws InterruptedException {
    entering.acquire();
  }

  synchronized void letGo() {
    parked = false;
    committing.release(1_000);
  }

  synchronized Versioned run(RunId run) {
    return runs.getOrDefault(run, new Versioned(new Run.Absent(), 0));
  }

  synchronized List<Write> last() {
    return written.getLast();
  }

  /** Every entry of a run, in order. */
  synchronized List<Entry> entries(RunId run) {
    return written.stream()
        .flatMap(List::stream)
        .filter(write -> write.run().equals(run))
        .flatMap(write -> write.entries().stream())
        .toList();
  }

  synchronized int transactions() {
    return batches.size();
  }

  @Override
  public void transact(Set<RunId> asked, Set<Lease> leases, Function<Loaded, List<Write>> decide) {
    Loaded loaded = load(asked, leases);
    List<Write> writes = decide.apply(loaded);
    if (repeatsNow()) {
      writes = decide.apply(loaded);
    }
    parkIfTold();
    commit(writes);
  }

  private synchronized boolean repeatsNow() {
    return repeats;
  }

  private synchronized Loaded load(Set<RunId> asked, Set<Lease> leases) {
    Map<RunId, Versioned> found = new HashMap<>();
    asked.forEach(run -> found.put(run, run(run)));
    Set<Lease> stillHeld = new HashSet<>(leases);
    stillHeld.retainAll(held);
    return new Loaded(found, stillHeld);
  }

  private void parkIfTold() {
    synchronized (this) {
      if (!parked) {
        return;
      }
    }
    entering.release();
    committing.acquireUninterruptibly();
  }

  private synchronized void commit(List<Write> writes) {
    if (fails) {
      throw new IllegalStateException("the store is out of reach");
    }
    batches.add(writes.size());
    written.add(writes);
    for (Write write : writes) {
      runs.put(write.run(), new Versioned(write.after(), write.before() + write.entries().size()));
      held.removeAll(write.finished());
    }
  }
}
