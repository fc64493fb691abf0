package dev.capstan.server.workers;

import dev.capstan.server.auth.Caller;
import java.util.Locale;
import java.util.Optional;

/** Says who may connect as a worker, and is told of what is refused. Safe for many threads. */
public interface Gatekeeper {
  /** Why something was refused. */
  enum Reason {
    /** No good token for workers was sent. */
    TOKEN,
    /** There are as many sessions as there may be. */
    SESSIONS,
    /** A session asks for more tasks at once than one may have. */
    TASKS,
    /** A message, or an artifact, is too large. */
    SIZE;

    /** As metrics name it. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * A call that was refused.
   *
   * @param caller empty if nobody is known by the token
   * @param method for example {@code Connect}
   * @param address where it came from
   * @param why for whoever called
   */
  record Refused(
      Optional<Caller> caller, String method, String address, Reason reason, String why) {}

  /** Whoever sends that token, if a worker may connect with it. */
  Optional<Caller> find(String token);

  /** Told of each call that is refused; must not throw. */
  default void refused(Refused refused) {}

  /**
   * Calls {@code end}, which must not wait, once the caller's token is good no more.
   *
   * @return what ends that
   */
  default Runnable watch(Caller caller, Runnable end) {
    return () -> {};
  }
}
