package dev.capstan.server.rest;

import dev.capstan.api.Action;
import dev.capstan.api.ActionRequest;
import dev.capstan.api.ActivityView;
import dev.capstan.api.ArtifactView;
import dev.capstan.api.ChangedPlan;
import dev.capstan.api.CreateRun;
import dev.capstan.api.EventView;
import dev.capstan.api.InjectSteps;
import dev.capstan.api.Page;
import dev.capstan.api.RevertRun;
import dev.capstan.api.RunSummary;
import dev.capstan.api.RunView;
import dev.capstan.control.RunService;
import dev.capstan.control.RunService.Request;
import dev.capstan.control.access.Scope;
import dev.capstan.control.records.ActivityLog;
import dev.capstan.control.records.Artifacts;
import dev.capstan.control.records.Place;
import dev.capstan.control.records.RunQueries;
import dev.capstan.control.records.RunQueries.Summary;
import dev.capstan.control.records.RunQueries.Wanted;
import dev.capstan.core.RunId;
import dev.capstan.core.plan.Injection;
import dev.capstan.core.run.Run;
import dev.capstan.server.auth.Allowed;
import dev.capstan.server.auth.Callers;
import dev.capstan.server.rest.KeyedRequests.Keyed;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/** Runs: create, look, act, follow. */
@RestController
@RequestMapping("/api/v1/runs")
public final class RunController {
  private final RunService runs;
  private final RunCreation creation;
  private final RunActions actions;
  private final RunStart start;
  private final Reversion reversion;
  private final RunQueries queries;
  private final ActivityLog activity;
  private final Artifacts artifacts;
  private final ShownRuns shown;
  private final RunStreams streams;
  private final Callers callers;

  public RunController(
      RunService runs,
      RunActions actions,
      RunCreation creation,
      Reversion reversion,
      RunQueries queries,
      ActivityLog activity,
      Artifacts artifacts,
      ShownRuns shown,
      RunStreams streams,
      Callers callers) {
    this.callers = callers;
    this.runs = runs;
    this.creation = creation;
    this.actions = actions;
    this.start = new RunStart(runs, creation, queries);
    this.reversion = reversion;
    this.queries = queries;
    this.activity = activity;
    this.artifacts = artifacts;
    this.shown = shown;
    this.streams = streams;
  }

  /** Creates a run; the same request again changes nothing. */
  @Allowed(Scope.OPERATOR)
  @PostMapping
  ResponseEntity<RunView> create(@RequestBody CreateRun request, HttpServletRequest from) {
    Bodies.complete(request);
    start.create(request, request(from, 0));
    return get(request.id());
  }

  /** Takes back what a run has delivered, by a new run. */
  @Allowed(Scope.MAINTAINER)
  @PostMapping("/{id}/revert")
  ResponseEntity<RunView> revert(
      @PathVariable String id, @RequestBody RevertRun request, HttpServletRequest from)
      throws InterruptedException {
    Bodies.complete(request);
    return queries.find(new RunId(request.id())).isPresent()
        ? get(request.id())
        : create(reversion.request(id, request.id(), request.start()), from);
  }

  /**
   * The runs, newest first.
   *
   * @param status one of the statuses of a run
   * @param goal what the goal has in it, whatever its case
   * @param since created then or later
   */
  @Allowed(Scope.READER)
  @GetMapping
  Page<RunSummary> list(
      @RequestParam(defaultValue = "") String project,
      @RequestParam(defaultValue = "") String status,
      @RequestParam(defaultValue = "") String goal,
      @RequestParam(required = false) @Nullable Instant since,
      @RequestParam(defaultValue = "") String after,
      @RequestParam(defaultValue = "50") int limit) {
    Wanted wanted = new Wanted(project, status(status), goal, Optional.ofNullable(since));
    return Pages.of(
        queries.list(wanted, Pages.place(after), Pages.wanted(limit)),
        limit,
        RunController::summary,
        run -> Pages.after(new Place(run.createdAt(), run.run().value())));
  }

  private static RunSummary summary(Summary run) {
    return new RunSummary(
        run.run().value(),
        run.project().value(),
        run.goal(),
        run.status(),
        run.version(),
        run.createdAt(),
        run.updatedAt());
  }

  private static String status(String status) {
    List<String> known =
        Arrays.stream(Run.Status.values()).map(s -> s.name().toLowerCase(Locale.ROOT)).toList();
    if (!status.isEmpty() && !known.contains(status)) {
      throw ApiException.invalid("a status is one of " + known + ", not \"" + status + '"');
    }
    return status;
  }

  /** A run as it is. */
  @Allowed(Scope.READER)
  @GetMapping("/{id}")
  ResponseEntity<RunView> get(@PathVariable String id) {
    return shown.show(id);
  }

  /** Asks something of a run, or of one of its steps; {@code If-Match} binds it to a version. */
  @Allowed(Scope.OPERATOR)
  @PostMapping("/{id}/{action}")
  ResponseEntity<RunView> act(
      @PathVariable String id,
      @PathVariable String action,
      @RequestHeader(name = HttpHeaders.IF_MATCH, defaultValue = "") String ifMatch,
      @RequestBody ActionRequest request,
      HttpServletRequest from) {
    return act(id, RunActions.action(action), ifMatch, request, from);
  }

  /** Lets what waits for a person go on. */
  @Allowed(Scope.MAINTAINER)
  @PostMapping("/{id}/approve")
  ResponseEntity<RunView> approve(
      @PathVariable String id,
      @RequestHeader(name = HttpHeaders.IF_MATCH, defaultValue = "") String ifMatch,
      @RequestBody ActionRequest request,
      HttpServletRequest from) {
    return act(id, Action.APPROVE, ifMatch, request, from);
  }

  /** Sends what waits for a person back. */
  @Allowed(Scope.MAINTAINER)
  @PostMapping("/{id}/reject")
  ResponseEntity<RunView> reject(
      @PathVariable String id,
      @RequestHeader(name = HttpHeaders.IF_MATCH, defaultValue = "") String ifMatch,
      @RequestBody ActionRequest request,
      HttpServletRequest from) {
    return act(id, Action.REJECT, ifMatch, request, from);
  }

  private ResponseEntity<RunView> act(
      String id, Action action, String ifMatch, ActionRequest request, HttpServletRequest from) {
    Bodies.complete(request);
    RunId run = known(id);
    Request by = request(from, EntityTags.version(ifMatch));
    if (!happened(run, from)) {
      Problems.accepted(actions.act(run, action, request, by));
    }
    return get(id);
  }

  /** A command that was cut off after its effect is not given again. */
  private boolean happened(RunId run, HttpServletRequest from) {
    return Keyed.of(from)
        .filter(Keyed::repeated)
        .map(keyed -> queries.happened(run, Request.causation(keyed.id())))
        .orElse(false);
  }

  /** Adds steps to the plan, or says what that would change. */
  @Allowed(Scope.OPERATOR)
  @PostMapping("/{id}/injection")
  ChangedPlan inject(
      @PathVariable String id,
      @RequestHeader(name = HttpHeaders.IF_MATCH, defaultValue = "") String ifMatch,
      @RequestBody InjectSteps request,
      HttpServletRequest from) {
    Bodies.complete(request);
    RunQueries.Found found = shown.find(id);
    Request by = request(from, EntityTags.version(ifMatch));
    Injections injections = new Injections(found.run());
    if (happened(new RunId(id), from)) {
      return new ChangedPlan(true, injections.asItIs());
    }
    Injection injection = injections.of(request, creation);
    ChangedPlan preview = injections.preview(injection);
    if (request.preview()) {
      return preview;
    }
    Problems.accepted(runs.inject(new RunId(id), injection, by));
    return new ChangedPlan(true, preview.steps());
  }

  /** What happened to a run, in order; {@code after} may be a version. */
  @Allowed(Scope.READER)
  @GetMapping("/{id}/events")
  Page<EventView> events(
      @PathVariable String id,
      @RequestParam(defaultValue = "") String after,
      @RequestParam(defaultValue = "1000") int limit) {
    return Pages.of(
        queries.events(known(id), Pages.number(after), Pages.wanted(limit)),
        limit,
        EventViews::view,
        event -> String.valueOf(event.version()));
  }

  /** What work printed, in order; {@code after} may be a position. */
  @Allowed(Scope.READER)
  @GetMapping("/{id}/activity")
  Page<ActivityView> activity(
      @PathVariable String id,
      @RequestParam(defaultValue = "") String after,
      @RequestParam(defaultValue = "1000") int limit) {
    return Pages.of(
        activity.read(known(id), Pages.number(after), Pages.wanted(limit)),
        limit,
        EventViews::view,
        line -> String.valueOf(line.position()));
  }

  /**
   * Events from {@code after} on, then whatever happens; with {@code lines}, what work prints from
   * that position on.
   */
  @Allowed(Scope.READER)
  @GetMapping(path = "/{id}/stream", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
  SseEmitter stream(
      @PathVariable String id,
      @RequestParam(defaultValue = "0") long after,
      @RequestParam(defaultValue = "-1") long lines) {
    return streams.open(known(id), after, lines, callers.current());
  }

  /** The files that a run left behind, by step, attempt and name. */
  @Allowed(Scope.READER)
  @GetMapping("/{id}/artifacts")
  Page<ArtifactView> artifacts(
      @PathVariable String id,
      @RequestParam(defaultValue = "") String after,
      @RequestParam(defaultValue = "1000") int limit) {
    Optional<Artifacts.Key> last =
        Pages.key(after, 3)
            .map(key -> new Artifacts.Key(key.get(0), (int) Pages.number(key.get(1)), key.get(2)));
    return Pages.of(
        artifacts.list(known(id), last, Pages.wanted(limit)),
        limit,
        a -> new ArtifactView(a.step(), a.attempt(), a.name(), a.hash().value(), a.bytes()),
        a -> Pages.after(a.step(), String.valueOf(a.attempt()), a.name()));
  }

  private RunId known(String id) {
    RunId run = new RunId(id);
    if (!queries.exists(run)) {
      throw ApiException.notFound("there is no run " + id);
    }
    return run;
  }

  private Request request(HttpServletRequest from, long expectedVersion) {
    return Requests.of(callers, from, expectedVersion);
  }
}
