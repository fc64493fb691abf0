package dev.capstan.server.workers;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * The sessions that workers have at a server. A worker whose connection broke comes back before
 * this server knows that it had gone: its new session takes the place of the former one. Safe for
 * many threads.
 */
final class Sessions {
  private final WorkerLimits limits;
  private final Map<Object, Entry> entries = new LinkedHashMap<>();

  /**
   * A session.
   *
   * @param token the id of the token that it was begun with
   * @param instance of the worker's process; empty until it has said so
   * @param takenOver ends it
   */
  private record Entry(String token, Optional<String> instance, Runnable takenOver) {}

  Sessions(WorkerLimits limits) {
    this.limits = limits;
  }

  /**
   * One that has not said yet who it is.
   *
   * @param session whatever knows it again
   * @param takenOver ends it, if the same worker begins another one
   * @return why it cannot be had; empty if it can
   */
  synchronized Optional<String> begin(Object session, String token, Runnable takenOver) {
    Optional<String> full = full(token, entry -> entry.instance().isEmpty());
    if (full.isEmpty()) {
      entries.put(session, new Entry(token, Optional.empty(), takenOver));
    }
    return full;
  }

  /** It has said who it is; as {@link #begin}. */
  Optional<String> seat(Object session, String instance) {
    Optional<Entry> former;
    synchronized (this) {
      Entry begun = entries.get(session);
      if (begun == null) {
        return Optional.of("the session is over");
      }
      former = remove(begun.token(), instance);
      Optional<String> full = full(begun.token(), entry -> entry.instance().isPresent());
      if (full.isPresent()) {
        return full;
      }
      entries.put(session, new Entry(begun.token(), Optional.of(instance), begun.takenOver()));
    }
    former.ifPresent(one -> one.takenOver().run());
    return Optional.empty();
  }

  /** The session that the same worker had before. */
  private Optional<Entry> remove(String token, String instance) {
    Optional<Map.Entry<Object, Entry>> found =
        entries.entrySet().stream()
            .filter(one ->
                one.getValue().token().equals(token)
                    && one.getValue().instance().equals(Optional.of(instance)))
            .findFirst();
    found.ifPresent(one -> entries.remove(one.getKey()));
    return found.map(Map.Entry::getValue);
  }

  private Optional<String> full(String token, Predicate<Entry> counted) {
    long all = entries.values().stream().filter(counted).count();
    long own =
        entries.values().stream().filter(counted).filter(one -> one.token().equals(token)).count();
    if (own >= limits.sessionsPerToken()) {
      return Optional.of(
          "this server has %d sessions of workers with this token, and no more; give others a token"
                  .formatted(limits.sessionsPerToken())
              + " of their own, or set workers.sessionsPerToken");
    }
    return all >= limits.sessions()
        ? Optional.of(
            "this server has %d sessions of workers, and no more; set workers.sessions"
                .formatted(limits.sessions()))
        : Optional.empty();
  }

  /** It is over; nothing happens if it was so before. */
  synchronized void end(Object session) {
    entries.remove(session);
  }
}
