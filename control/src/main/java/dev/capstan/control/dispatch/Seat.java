package dev.capstan.control.dispatch;

import dev.capstan.control.Lease;
import dev.capstan.control.LeasedTask;
import java.util.List;
import java.util.Set;

/** The way to one connected worker. No method waits, and none throws. */
public interface Seat {
  /** It is to do these now. */
  void assign(List<LeasedTask> tasks);

  /** It is to end its work on these; nobody wants the result. */
  void stop(Set<Lease> leases);

  /** The engine at work under that lease is to hear everything that it was told, oldest first. */
  void instruct(Lease lease, List<String> everything);

  /** What it holds was prolonged. */
  void renewed();

  /** It is to take nothing more, and to go when it is done. */
  void drain();
}
