package dev.capstan.control.cluster;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What is known of the duties. */
public interface Duties {
  /**
   * How one went the last time.
   *
   * @param everySeconds how long after one time the next begins
   * @param server that did it, by its id
   * @param endedAt empty while it is being done, or since that server died
   * @param nextAt when it is due
   */
  record Done(
      String name,
      String about,
      long everySeconds,
      String server,
      Instant begunAt,
      Optional<Instant> endedAt,
      boolean failed,
      String outcome,
      Optional<Instant> nextAt) {}

  /** By name; a duty that was never done is not among them. */
  List<Done> list();
}
