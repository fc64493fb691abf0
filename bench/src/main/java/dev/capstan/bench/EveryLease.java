package dev.capstan.bench;

import dev.capstan.control.Capabilities;
import dev.capstan.control.Lease;
import dev.capstan.control.LeasedTask;
import dev.capstan.control.TaskQueue;
import dev.capstan.core.ProjectId;
import dev.capstan.core.RunId;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A queue without tasks, in which every lease is held. */
final class EveryLease implements TaskQueue {
  @Override
  public List<LeasedTask> claim(Capabilities able, int most, int executing, Duration lease) {
    return List.of();
  }

  @Override
  public Set<Lease> renew(Collection<Lease> leases, Duration lease) {
    return Set.copyOf(leases);
  }

  @Override
  public Optional<Held> held(Lease lease) {
    return Optional.of(new Held(new RunId("bench"), new ProjectId("bench")));
  }

  @Override
  public void giveBack(Collection<Lease> leases) {}

  @Override
  public int sweep() {
    return 0;
  }

  @Override
  public void awaitWork(Duration atMost) {}

  @Override
  public long interventions() {
    return 0;
  }

  @Override
  public Map<Lease, List<String>> instructions(Collection<Lease> leases) {
    return Map.of();
  }

  @Override
  public void stir() {}
}
