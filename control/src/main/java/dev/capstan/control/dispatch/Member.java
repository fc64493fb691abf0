package dev.capstan.control.dispatch;

import dev.capstan.control.Lease;
import dev.capstan.control.LeasedTask;
import dev.capstan.core.run.Task;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A connected worker and what it holds. Guarded by its dispatcher. */
final class Member {
  /** A task at the worker; one that it held before it came back is known by its lease alone. */
  private record Held(Optional<LeasedTask> task, long sinceNanos) {}

  private final Map<Lease, Integer> told = new HashMap<>();

  private final Profile profile;
  private final Seat seat;
  private final TrackRecord record;
  private final Map<Lease, Held> held = new HashMap<>();
  private final Deque<LeasedTask> waiting = new ArrayDeque<>();
  private long heardNanos = System.nanoTime();
  private long toldNanos = heardNanos;
  private boolean draining;
  private long given;

  Member(Profile profile, Seat seat, TrackRecord record, Set<Lease> held) {
    this.profile = profile;
    this.seat = seat;
    this.record = record;
    held.forEach(lease -> this.held.put(lease, new Held(Optional.empty(), heardNanos)));
  }

  Profile profile() {
    return profile;
  }

  Seat seat() {
    return seat;
  }

  // ---- room

  /** How many more tasks it can begin now. */
  int free() {
    return draining ? 0 : Math.max(0, profile.capacity() - held.size());
  }

  /** How many more tasks may be leased for it. */
  int room(Allocation allocation) {
    int backlog = draining ? 0 : allocation.backlog(profile.capacity()) - waiting.size();
    return free() + Math.max(0, backlog);
  }

  /** The part of its capacity that is in use; over 1 if tasks wait for it. */
  double load() {
    return (double) (held.size() + waiting.size()) / profile.capacity();
  }

  double expectedSeconds(LeasedTask task) {
    return record.expectedSeconds(task) * (1 + load());
  }

  boolean can(LeasedTask task) {
    return profile.capabilities().cover(task);
  }

  // ---- tasks

  void await(LeasedTask task) {
    waiting.add(task);
  }

  /** Of those that wait for it, as many as it can begin. */
  List<LeasedTask> begin() {
    List<LeasedTask> begun = new ArrayList<>();
    while (free() > 0 && !waiting.isEmpty()) {
      LeasedTask task = waiting.remove();
      hold(task);
      begun.add(task);
    }
    return begun;
  }

  private void hold(LeasedTask task) {
    held.put(task.lease(), new Held(Optional.of(task), System.nanoTime()));
    if (task.task() instanceof Task.Execute(_, var attempt)) {
      told.put(task.lease(), attempt.instructions().size());
    }
    given++;
  }

  int waitingCount() {
    return waiting.size();
  }

  /** The last of those that wait for it which the other can do. */
  Optional<LeasedTask> giveUpTo(Member other) {
    var last = waiting.descendingIterator();
    while (last.hasNext()) {
      LeasedTask task = last.next();
      if (other.can(task)) {
        last.remove();
        return Optional.of(task);
      }
    }
    return Optional.empty();
  }

  /** All that wait for it, which then no longer do. */
  Set<Lease> abandonWaiting() {
    Set<Lease> abandoned = new HashSet<>();
    waiting.forEach(task -> abandoned.add(task.lease()));
    waiting.clear();
    return abandoned;
  }

  Set<Lease> leases() {
    Set<Lease> all = new HashSet<>(held.keySet());
    waiting.forEach(task -> all.add(task.lease()));
    return all;
  }

  /** Forgets those; says which of them the worker itself has begun. */
  Set<Lease> lose(Set<Lease> lost) {
    Set<Lease> begun = new HashSet<>(held.keySet());
    begun.retainAll(lost);
    held.keySet().removeAll(lost);
    told.keySet().removeAll(lost);
    waiting.removeIf(task -> lost.contains(task.lease()));
    return begun;
  }

  /** A task that it had since it was handed out. */
  record Finished(LeasedTask task, Duration took) {}

  /** It is done with a task, well or not; empty if it had not got it in this session. */
  Optional<Finished> finished(Lease lease, boolean well) {
    told.remove(lease);
    Optional<Finished> done =
        Optional.ofNullable(held.remove(lease))
            .flatMap(had ->
                had.task()
                    .map(task ->
                        new Finished(
                            task, Duration.ofNanos(System.nanoTime() - had.sinceNanos()))));
    done.ifPresent(one -> record.add(one.task(), one.took(), well));
    return done;
  }

  /** True if its engine has not heard all of that; then it counts as heard. */
  boolean isNews(Lease lease, List<String> everything) {
    if (!held.containsKey(lease) || told.getOrDefault(lease, 0) >= everything.size()) {
      return false;
    }
    told.put(lease, everything.size());
    return true;
  }

  // ---- presence

  void heard() {
    heardNanos = System.nanoTime();
  }

  Duration silence() {
    return Duration.ofNanos(System.nanoTime() - heardNanos);
  }

  /** True every {@link Dispatcher#HEARTBEAT}: it need not be told of every renewal. */
  boolean isToBeTold() {
    long now = System.nanoTime();
    boolean due = now - toldNanos >= Dispatcher.HEARTBEAT.toNanos();
    toldNanos = due ? now : toldNanos;
    return due;
  }

  void drains() {
    draining = true;
  }

  boolean isDraining() {
    return draining;
  }

  long given() {
    return given;
  }

  int underWay() {
    return held.size();
  }

  Map<String, TrackRecord.Figures> figures() {
    return record.figures();
  }
}
