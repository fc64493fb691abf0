package dev.capstan.server.wishes;

import dev.capstan.api.CampaignView;
import dev.capstan.api.CampaignView.TargetView;
import dev.capstan.control.records.Campaigns;
import dev.capstan.control.records.Campaigns.Campaign;
import dev.capstan.control.records.Campaigns.Count;
import dev.capstan.control.records.RunQueries;
import dev.capstan.control.records.Wishes;
import dev.capstan.control.records.Wishes.State;
import dev.capstan.control.records.Wishes.Wish;
import dev.capstan.control.story.RunStory;
import dev.capstan.core.run.Progress;
import dev.capstan.core.run.Run;
import dev.capstan.core.run.StepState;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Where a campaign stands, told from its wishes, their runs and the counts. */
final class CampaignBoard {
  private static final Set<String> MOVING = Set.of("waiting", "pending", "planning", "running");
  private static final Set<String> ASKING = Set.of("blocked", "planned");

  private final Campaigns campaigns;
  private final Wishes wishes;
  private final RunQueries runs;

  CampaignBoard(Campaigns campaigns, Wishes wishes, RunQueries runs) {
    this.campaigns = campaigns;
    this.wishes = wishes;
    this.runs = runs;
  }

  CampaignView view(Campaign campaign) {
    List<Count> counts = campaigns.counts(campaign.id());
    List<TargetView> targets =
        wishes.of(CampaignController.origin(campaign.id())).stream()
            .map(wish -> target(wish, counts))
            .toList();
    Map<String, Integer> states = new TreeMap<>();
    targets.forEach(target -> states.merge(target.state(), 1, Integer::sum));
    return new CampaignView(
        campaign.id(),
        campaign.goal(),
        status(states.keySet()),
        campaign.createdAt(),
        states,
        targets);
  }

  private static String status(Set<String> states) {
    if (states.stream().anyMatch(MOVING::contains)) {
      return "running";
    }
    if (states.contains("paused")) {
      return "paused";
    }
    return states.stream().anyMatch(ASKING::contains) ? "blocked" : "completed";
  }

  private TargetView target(Wish wish, List<Count> counts) {
    String source = WishBody.read(wish.body()).source();
    List<Count> own = counts.stream().filter(count -> count.source().equals(source)).toList();
    String remaining = own.isEmpty() ? "" : String.valueOf(own.getLast().remaining());
    boolean relapsed =
        !own.isEmpty()
            && own.getLast().remaining() > 0
            && own.stream().anyMatch(count -> count.remaining() == 0);
    return runs.find(wish.run())
        .map(found -> target(wish, source, found.run(), remaining, relapsed))
        .orElseGet(() ->
            new TargetView(
                source,
                "",
                wish.state() == State.CREATED ? "pending" : lower(wish.state()),
                wish.reason(),
                "",
                "",
                remaining,
                relapsed));
  }

  private static TargetView target(
      Wish wish, String source, Run.Known run, String remaining, boolean relapsed) {
    return new TargetView(
        source,
        wish.run().value(),
        lower(run.status()),
        reason(run, wish),
        steps(run),
        run instanceof Run.Ended(_, Run.Outcome.Delivered delivered, _)
            ? delivered.whole().url()
            : "",
        remaining,
        relapsed);
  }

  private static String reason(Run.Known run, Wish wish) {
    return switch (run) {
      case Run.Paused(_, var why, _) -> why;
      case Run.Blocked(_, var why) -> why;
      case Run.Ended(_, Run.Outcome.Failed(var why), _) -> why;
      case Run.Ended(_, Run.Outcome.Cancelled(var why), _) -> why;
      case Run.Ended(_, Run.Outcome.NothingToDeliver _, _) -> "no file changed";
      case Run.Ended _, Run.Pending _, Run.Planned _, Run.Active _ -> wish.reason();
    };
  }

  private static String steps(Run.Known run) {
    long done =
        RunStory.progress(run).map(Progress::steps).stream()
            .flatMap(steps -> steps.values().stream())
            .filter(StepState::isDone)
            .count();
    return done + " of " + run.brief().plan().steps().size();
  }

  private static String lower(Enum<?> word) {
    return word.name().toLowerCase(Locale.ROOT);
  }
}
