package dev.capstan.control.records;

import dev.capstan.control.records.Wishes.Wish;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Goals over many repositories. What becomes of a target is told by its wish and its run. */
public interface Campaigns {
  /**
   * One of them.
   *
   * @param body its targets and its predicate, as the server wrote them
   */
  record Campaign(String id, String goal, String body, Instant createdAt) {}

  /** How much was left of the goal on a target's default branch. */
  record Count(String source, String commit, int remaining, Instant at) {}

  /**
   * Adds a campaign and its wishes, or nothing of either. One that is there already stays as it is.
   */
  void add(String id, String goal, String body, List<Wish> wishes);

  Optional<Campaign> find(String id);

  /** Newest first, from behind that place on. */
  List<Campaign> list(Optional<Place> after, int most);

  void counted(String campaign, String source, String commit, int remaining);

  /** Every count of a campaign, oldest first. */
  List<Count> counts(String campaign);
}
