package dev.capstan.server.wishes;

import dev.capstan.api.CampaignView;
import dev.capstan.api.CreateCampaign;
import dev.capstan.api.CreateCampaign.Target;
import dev.capstan.api.Page;
import dev.capstan.control.Reply;
import dev.capstan.control.RunService;
import dev.capstan.control.RunService.Request;
import dev.capstan.control.access.Scope;
import dev.capstan.control.records.Campaigns;
import dev.capstan.control.records.Campaigns.Campaign;
import dev.capstan.control.records.Place;
import dev.capstan.control.records.RunQueries;
import dev.capstan.control.records.Wishes;
import dev.capstan.control.records.Wishes.Wish;
import dev.capstan.core.RunId;
import dev.capstan.server.auth.Allowed;
import dev.capstan.server.auth.Callers;
import dev.capstan.server.rest.ApiException;
import dev.capstan.server.rest.Bodies;
import dev.capstan.server.rest.Pages;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.json.JsonMapper;

/** Campaigns: one goal over many repositories. */
@RestController
@RequestMapping("/api/v1/campaigns")
public final class CampaignController {
  private static final Logger LOG = LoggerFactory.getLogger(CampaignController.class);
  private static final int MOST_TARGETS = 1_000;
  private static final int LONGEST_GOAL = 2_000;
  private static final Pattern ID = Pattern.compile("[a-z0-9][a-z0-9-]{0,39}");

  private final Campaigns campaigns;
  private final Wishes wishes;
  private final RunQueries queries;
  private final RunService runs;
  private final CampaignBoard board;
  private final Remaining remaining;
  private final Callers callers;

  public CampaignController(
      Campaigns campaigns,
      Wishes wishes,
      RunQueries queries,
      RunService runs,
      Remaining remaining,
      Callers callers) {
    this.callers = callers;
    this.campaigns = campaigns;
    this.wishes = wishes;
    this.queries = queries;
    this.runs = runs;
    this.board = new CampaignBoard(campaigns, wishes, queries);
    this.remaining = remaining;
  }

  static String origin(String campaign) {
    return "campaign/" + campaign;
  }

  /** Begins a campaign; the same request again changes nothing. */
  @Allowed(Scope.MAINTAINER)
  @PostMapping
  CampaignView create(@RequestBody CreateCampaign request) {
    Bodies.complete(request);
    check(request);
    List<Wish> asked = new ArrayList<>();
    for (Target target : request.targets()) {
      int place = asked.size() + 1;
      asked.add(
          Wish.of(
              callers.access().home(),
              new RunId(request.id() + '-' + place),
              origin(request.id()),
              place,
              new WishBody(
                      target.source(),
                      target.base(),
                      request.goal(),
                      request.tasks(),
                      request.plan(),
                      request.approvePlan())
                  .write()));
    }
    campaigns.add(
        request.id(),
        request.goal(),
        JsonMapper.shared().writeValueAsString(request.done()),
        asked);
    return get(request.id());
  }

  private static void check(CreateCampaign request) {
    if (!ID.matcher(request.id()).matches()) {
      throw ApiException.invalid("a campaign's id is 1 to 40 of a-z, 0-9 and '-'");
    }
    if (request.goal().isBlank() || request.goal().length() > LONGEST_GOAL) {
      throw ApiException.invalid("a goal has 1 to " + LONGEST_GOAL + " characters");
    }
    if (request.targets().isEmpty() || request.targets().size() > MOST_TARGETS) {
      throw ApiException.invalid("a campaign has 1 to " + MOST_TARGETS + " targets");
    }
    Set<Target> seen = new HashSet<>();
    for (Target target : request.targets()) {
      if (target.source().isBlank() || !seen.add(target)) {
        throw ApiException.invalid(
            "a target needs a repository, and stands in a campaign once: \""
                + target.source()
                + '"');
      }
    }
    try {
      Pattern.compile(request.done().pattern());
    } catch (PatternSyntaxException wrong) {
      throw ApiException.invalid(
          "the pattern of done is no regular expression: " + wrong.getDescription());
    }
  }

  /** The campaigns, newest first. */
  @Allowed(Scope.READER)
  @GetMapping
  Page<CampaignView> list(
      @RequestParam(defaultValue = "") String after, @RequestParam(defaultValue = "50") int limit) {
    return Pages.of(
        campaigns.list(Pages.place(after), Pages.wanted(limit)),
        limit,
        board::view,
        campaign -> Pages.after(new Place(campaign.createdAt(), campaign.id())));
  }

  /** A campaign as it is. */
  @Allowed(Scope.READER)
  @GetMapping("/{id}")
  CampaignView get(@PathVariable String id) {
    return board.view(find(id));
  }

  /** Counts what is left on the default branch of each target, as it is now. */
  @Allowed(Scope.MAINTAINER)
  @PostMapping("/{id}/count")
  CampaignView count(@PathVariable String id) throws InterruptedException {
    remaining.count(find(id), wishes.of(origin(id)));
    return get(id);
  }

  /** Holds back the targets that wait, and pauses the runs of the others. */
  @Allowed(Scope.MAINTAINER)
  @PostMapping("/{id}/pause")
  CampaignView pause(@PathVariable String id) {
    wishes.hold(origin(find(id).id()), true);
    return each(id, (run, request) -> runs.pause(run, "the campaign is paused", request));
  }

  /** Holds back the targets that wait, and stops everything of the others at once. */
  @Allowed(Scope.MAINTAINER)
  @PostMapping("/{id}/halt")
  CampaignView halt(@PathVariable String id) {
    wishes.hold(origin(find(id).id()), true);
    return each(id, (run, request) -> runs.halt(run, "the campaign is halted", request));
  }

  /** Lets a campaign and its runs go on, that were halted with it or before. */
  @Allowed(Scope.MAINTAINER)
  @PostMapping("/{id}/lift")
  CampaignView lift(@PathVariable String id) {
    wishes.hold(origin(find(id).id()), false);
    return each(id, runs::lift);
  }

  /** Lets a campaign and its runs go on. */
  @Allowed(Scope.MAINTAINER)
  @PostMapping("/{id}/resume")
  CampaignView resume(@PathVariable String id) {
    wishes.hold(origin(find(id).id()), false);
    return each(id, runs::resume);
  }

  /** Ends a campaign and its runs. */
  @Allowed(Scope.MAINTAINER)
  @PostMapping("/{id}/cancel")
  CampaignView cancel(@PathVariable String id) {
    wishes.withdraw(origin(find(id).id()), "the campaign was cancelled");
    return each(id, (run, request) -> runs.cancel(run, "the campaign was cancelled", request));
  }

  /** A run that is in no state for it is left as it is. */
  private CampaignView each(String id, BiFunction<RunId, Request, Reply> action) {
    Request request = new Request(callers.current().actor(), "campaign " + id, 0);
    for (Wish wish : wishes.of(origin(id))) {
      if (queries.find(wish.run()).isPresent()) {
        Reply reply = action.apply(wish.run(), request);
        LOG.debug("campaign {}, run {}: {}", id, wish.run(), reply);
      }
    }
    return get(id);
  }

  /** The report of a campaign, in Markdown. */
  @Allowed(Scope.READER)
  @GetMapping(path = "/{id}/report.md", produces = "text/markdown;charset=UTF-8")
  String report(@PathVariable String id) {
    return CampaignReport.markdown(get(id));
  }

  private Campaign find(String id) {
    return campaigns
        .find(id)
        .orElseThrow(() -> ApiException.notFound("there is no campaign " + id));
  }
}
