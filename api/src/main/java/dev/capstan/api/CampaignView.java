package dev.capstan.api;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * A campaign as it is.
 *
 * @param status running, paused, blocked (a person is needed somewhere) or completed: nothing goes
 *     on by itself any more
 * @param states how many targets are in each state
 */
public record CampaignView(
    String id,
    String goal,
    String status,
    Instant createdAt,
    Map<String, Integer> states,
    List<TargetView> targets) {
  public CampaignView {
    states = Map.copyOf(states);
    targets = List.copyOf(targets);
  }

  /**
   * One repository.
   *
   * @param state waiting, idle (the rules found nothing to do), refused, withdrawn, or the status
   *     of its run
   * @param reason why it is in that state
   * @param steps how many are completed, of how many
   * @param remaining what was left on the default branch when it was counted last; "" if never
   * @param relapsed whether nothing was left once, and something is again
   */
  public record TargetView(
      String source,
      String run,
      String state,
      String reason,
      String steps,
      String pullRequest,
      String remaining,
      boolean relapsed) {}
}
