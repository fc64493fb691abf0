package dev.capstan.server.rest;

import dev.capstan.api.ForkRun;
import dev.capstan.api.RunView;
import dev.capstan.control.RunService;
import dev.capstan.control.RunService.Request;
import dev.capstan.control.access.Scope;
import dev.capstan.control.records.RunQueries;
import dev.capstan.core.RunId;
import dev.capstan.core.StepId;
import dev.capstan.core.plan.Work;
import dev.capstan.core.run.Origin;
import dev.capstan.core.run.Run;
import dev.capstan.core.run.RunCommand;
import dev.capstan.server.auth.Allowed;
import dev.capstan.server.auth.Callers;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Runs as they were, and runs that begin there. */
@RestController
@RequestMapping("/api/v1/runs/{id}")
public final class PastController {
  private final ShownRuns shown;
  private final RunService runs;
  private final Callers callers;

  public PastController(ShownRuns shown, RunService runs, Callers callers) {
    this.shown = shown;
    this.runs = runs;
    this.callers = callers;
  }

  /** A run as it was after so many of its events. */
  @Allowed(Scope.READER)
  @GetMapping("/at/{version}")
  RunView at(@PathVariable String id, @PathVariable long version) {
    RunQueries.Found now = shown.find(id);
    return shown.view(
        new RunQueries.Found(past(id, version), version, now.createdAt(), now.updatedAt()));
  }

  /** Creates a run that begins where this one was; nothing of this one changes. */
  @Allowed(Scope.OPERATOR)
  @PostMapping("/fork")
  ResponseEntity<RunView> fork(
      @PathVariable String id, @RequestBody ForkRun request, HttpServletRequest from) {
    Bodies.complete(request);
    long version = version(id, request);
    Run.Known past = past(id, version);
    RunId fork = new RunId(request.id());
    Request by = Requests.of(callers, from, 0);
    Problems.accepted(
        runs.fork(
            new RunCommand.Fork(
                fork, new Origin(new RunId(id), version), past, engines(past, request)),
            by));
    if (request.start()) {
      begin(request.id(), by);
    }
    return shown.show(request.id());
  }

  private long version(String id, ForkRun request) {
    RunQueries.Found now = shown.find(id);
    if (!request.before().isEmpty()) {
      return shown.before(id, new StepId(request.before()));
    }
    return request.at() == 0 ? now.version() : request.at();
  }

  private Run.Known past(String id, long version) {
    RunQueries.Found now = shown.find(id);
    if (version < 1 || version > now.version()) {
      throw ApiException.invalid("run " + id + " has had 1 to " + now.version() + " events");
    }
    return runs.at(new RunId(id), version)
        .orElseThrow(() -> ApiException.notFound("there is no run " + id));
  }

  /** The engine that is wanted goes before the others of its step. */
  private static Map<StepId, List<Work>> engines(Run.Known past, ForkRun request) {
    Map<StepId, List<Work>> engines = new HashMap<>();
    request
        .engines()
        .forEach((step, engine) -> {
          List<Work> ordered =
              past.brief().plan().steps().stream()
                  .filter(one -> one.id().value().equals(step))
                  .flatMap(one -> one.engines().stream())
                  .sorted(Comparator.comparing(work -> !work.engine().equals(engine)))
                  .toList();
          if (ordered.isEmpty() || !ordered.getFirst().engine().equals(engine)) {
            throw ApiException.invalid(
                "step " + step + " has no engine \"" + engine + "\", but " + names(ordered));
          }
          engines.put(new StepId(step), ordered);
        });
    return engines;
  }

  private static List<String> names(List<Work> engines) {
    return engines.stream().map(Work::engine).distinct().toList();
  }

  /** One that has begun already goes its own way. */
  private void begin(String fork, Request by) {
    RunQueries.Found created = shown.find(fork);
    if (created.version() == FORKED) {
      RunId run = new RunId(fork);
      Problems.accepted(
          created.run() instanceof Run.Pending ? runs.start(run, by) : runs.resume(run, by));
    }
  }

  /** A fork that nothing has happened to has the events that it was created with. */
  private static final long FORKED = 2;
}
