package dev.capstan.control.cluster;

import dev.capstan.control.dispatch.Dispatcher.Presence;
import dev.capstan.control.dispatch.Profile;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Who takes part in an installation. Times are those of the database's clock. */
public interface Cluster {
  /** One that was not heard for so long is taken for dead. */
  Duration SILENCE = Duration.ofSeconds(10);

  /**
   * A server as it says of itself.
   *
   * @param id of its data folder
   * @param name of its machine
   * @param url where it is reached
   */
  record Self(String id, String name, String url, String version, long pid) {}

  /**
   * A server as others know it.
   *
   * @param silence since it was heard
   * @param endedAt when it said that it goes; empty for one that runs, or died
   */
  record Server(Self self, Instant startedAt, Duration silence, Optional<Instant> endedAt) {
    /** False for one that ended or died. */
    public boolean isUp() {
      return endedAt.isEmpty() && silence.compareTo(SILENCE) < 0;
    }
  }

  /** A worker that is connected to a server. */
  record Worker(
      Profile profile,
      String server,
      int underWay,
      int waiting,
      long given,
      boolean draining,
      Duration silence) {}

  /** A server is there, with those workers; to be said every few seconds. */
  void announce(Self self, List<Presence> workers);

  /** A server goes. */
  void leave(String server);

  /** All that were heard in the last days, by name and id. */
  List<Server> servers();

  /** Those of servers that are up, by name and instance. */
  List<Worker> workers();
}
