package dev.capstan.server.rest;

import dev.capstan.api.CreateRun;
import dev.capstan.control.Reply;
import dev.capstan.control.RunService;
import dev.capstan.control.RunService.Request;
import dev.capstan.control.records.RunQueries;
import dev.capstan.core.RunId;
import dev.capstan.core.run.Run;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Creates a run as it was asked for, and starts it. */
public final class RunStart {
  private static final Logger LOG = LoggerFactory.getLogger(RunStart.class);

  private final RunService runs;
  private final RunCreation creation;
  private final RunQueries queries;

  public RunStart(RunService runs, RunCreation creation, RunQueries queries) {
    this.runs = runs;
    this.creation = creation;
    this.queries = queries;
  }

  /** Again is fine. Throws {@link ApiException} for a request that no run can come of. */
  public void create(CreateRun wished, Request request) {
    Problems.accepted(runs.create(creation.brief(wished), request));
    if (wished.start()) {
      start(new RunId(wished.id()), request);
    }
  }

  /** Starts it if it was not started yet. */
  public void start(RunId run, Request request) {
    boolean pending =
        queries.find(run).map(found -> found.run() instanceof Run.Pending).orElse(false);
    if (pending) {
      Problems.accepted(runs.start(run, request));
    }
  }

  /** Holds it; one that is in no state for that stays as it is. */
  public void halt(RunId run, String why, Request request) {
    Reply reply = runs.halt(run, why, request);
    LOG.info("run {} was halted, {}: {}", run, why, reply);
  }

  /** Ends it; one that has ended stays as it is. */
  public void cancel(RunId run, String why, Request request) {
    Reply reply = runs.cancel(run, why, request);
    LOG.info("run {} was cancelled, {}: {}", run, why, reply);
  }

  public boolean exists(RunId run) {
    return queries.find(run).isPresent();
  }
}
