package dev.capstan.control.records;

/**
 * Requests that named a key, each kept with its answer for a day. Whoever is to answer one holds it
 * for a while, so that one whose holder died can be answered by another.
 */
public interface RequestKeys {
  /**
   * What names a request.
   *
   * @param caller who sent it; keys of different callers have nothing to do with one another
   * @param request a hash of what was asked
   */
  record Asked(String caller, String key, String request) {}

  /**
   * What was answered.
   *
   * @param mediaType "" for none
   * @param version the entity tag; "" for none
   */
  record Answer(int status, String mediaType, String version, String body) {}

  /** Whose turn it is. */
  sealed interface Claim {
    /** The asker answers it; {@code repeated} if another one may have begun to. */
    record Mine(boolean repeated) implements Claim {}

    /** It was answered before. */
    record Answered(Answer answer) implements Claim {}

    /** The key was used for another request. */
    record OtherRequest() implements Claim {}

    /** Somebody else is answering it. */
    record UnderWay() implements Claim {}
  }

  Claim claim(Asked asked);

  /** Goes on holding it. */
  void hold(Asked asked);

  void answer(Asked asked, Answer answer);

  /** Leaves it to the next who asks. */
  void release(Asked asked);
}
