package dev.capstan.control.records;

import dev.capstan.control.access.Access;
import dev.capstan.core.RunId;
import java.time.Duration;
import java.util.List;

/** What CI and forges said, until the runs that it is about have been told. */
public interface Inbox {
  /**
   * Something that was said.
   *
   * @param id who said it and its own id, as in {@code github/72d3162e}
   * @param within what whoever said it may speak of
   * @param tries how often it was taken up in vain
   */
  record Message(String id, Access within, String kind, String body, int tries) {}

  /**
   * Takes it in.
   *
   * @param within what whoever said it may speak of
   * @param digest of what was signed, so that nobody sends it again under another id
   * @return false if it was taken in before, and nothing is
   */
  boolean take(Access within, String id, String digest, String kind, String body);

  /** Some that nobody was told yet, the oldest first; no other asker gets them for that long. */
  List<Message> claim(int most, Duration hold);

  /** It is settled; {@code outcome} says in words what became of it. */
  void done(String id, String outcome);

  /** Lets it wait for another try. */
  void postpone(String id, Duration delay, String outcome);

  /** Those that have delivered that branch, or were about to. */
  List<RunId> deliverersOf(Access within, String branch);
}
