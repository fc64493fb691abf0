package dev.capstan.control.records;

import dev.capstan.control.access.OrganisationId;
import dev.capstan.core.RunId;
import java.time.Duration;
import java.util.List;

/**
 * Runs that were asked for. They are planned and created one by one, which may take long and may
 * fail; one that was asked for is never lost.
 */
public interface Wishes {
  /** What became of one. */
  enum State {
    /** It is to be planned and created. */
    WAITING,
    /** There is a run. */
    CREATED,
    /** The rules found nothing to do. */
    IDLE,
    /** It cannot be done as asked. */
    REFUSED,
    /** Nobody wants it any more. */
    WITHDRAWN
  }

  /**
   * One of them.
   *
   * @param organisation whose it is
   * @param run the id that the run will have, so that it is created once
   * @param origin what asked for it, for example {@code campaign/tidy-up}
   * @param place in the order of its origin
   * @param body what is asked for, as the server wrote it
   * @param reason why it is in its state
   * @param tries how often it was tried in vain
   */
  record Wish(
      OrganisationId organisation,
      RunId run,
      String origin,
      int place,
      String body,
      State state,
      String reason,
      int tries) {
    /** One that nothing was done about yet. */
    public static Wish of(
        OrganisationId organisation, RunId run, String origin, int place, String body) {
      return new Wish(organisation, run, origin, place, body, State.WAITING, "", 0);
    }
  }

  /** Some that wait, the oldest first; no other asker gets them for that long. */
  List<Wish> claim(int most, Duration hold);

  /** Says what became of one that waited; false if it waits no longer. */
  boolean settle(RunId run, State state, String reason);

  /** Lets one wait for another try. */
  void postpone(RunId run, Duration delay, String reason);

  /** Those of one origin, in order. */
  List<Wish> of(String origin);

  /** Holds back those of one origin that wait, or lets them go on. */
  void hold(String origin, boolean held);

  /** Whether its origin holds it back, while it waits or is being planned. */
  boolean isHeld(RunId run);

  /** Withdraws those of one origin that wait. */
  void withdraw(String origin, String reason);
}
