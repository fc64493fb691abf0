package dev.capstan.control;

import dev.capstan.core.ProjectId;
import dev.capstan.core.RunId;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The port to the queue. Tasks enter it with the events that cause them, never by themselves. */
public interface TaskQueue {
  /**
   * Leases tasks that are ready, fairly between projects, larger priority first.
   *
   * @param able what the workers can do that they are for
   * @param most how many at most
   * @param executing how many of them, with those already leased anywhere, may be engines' work
   * @param lease how long until the lease ends unless it is renewed
   */
  List<LeasedTask> claim(Capabilities able, int most, int executing, Duration lease);

  /** Prolongs leases; returns those that are still held. The others were lost: stop their work. */
  Set<Lease> renew(Collection<Lease> leases, Duration lease);

  /** What a lease that is held is for; empty if it is held no more. */
  Optional<Held> held(Lease lease);

  /** Whose task it is. */
  record Held(RunId run, ProjectId project) {}

  /** Gives tasks back undone, to be leased again at once. */
  void giveBack(Collection<Lease> leases);

  /**
   * Makes tasks ready whose lease is over, and gives free slots to runs, which claiming does too;
   * says how many tasks became ready.
   */
  int sweep();

  /** Waits until something may have become ready, at most that long. */
  void awaitWork(Duration atMost) throws InterruptedException;

  /**
   * Grows when leases may have been lost, or leased tasks say something new, otherwise than by the
   * passing of time; then {@link #awaitWork} returns too.
   */
  long interventions();

  /** What people told the engines at work under these leases, oldest first, if anything. */
  Map<Lease, List<String>> instructions(Collection<Lease> leases);

  /** Lets {@link #awaitWork} return, since more could be claimed than before. */
  void stir();
}
