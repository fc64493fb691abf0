package dev.capstan.control;

import dev.capstan.control.records.RunQueries;
import dev.capstan.core.Actor;
import dev.capstan.core.CommitId;
import dev.capstan.core.RunId;
import dev.capstan.core.StepId;
import dev.capstan.core.plan.Injection;
import dev.capstan.core.run.Brief;
import dev.capstan.core.run.CiReport;
import dev.capstan.core.run.Lane;
import dev.capstan.core.run.Refusal;
import dev.capstan.core.run.Run;
import dev.capstan.core.run.RunCommand;
import dev.capstan.core.run.RunEvent;
import dev.capstan.core.run.StepState;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What people ask of runs, as the commands that the core understands. */
public final class RunService {
  private final CommandLoop loop;
  private final RunQueries queries;

  public RunService(CommandLoop loop, RunQueries queries) {
    this.loop = loop;
    this.queries = queries;
  }

  /**
   * Who asks, and with which request.
   *
   * @param id of the request, which directly causes what follows
   * @param correlation of the requests that it belongs to
   * @param expectedVersion the version they saw; 0 to act whatever has happened since
   * @param trace where in a trace that is, as W3C's traceparent; "" if nobody records it
   */
  public record Request(
      Actor by, String id, String correlation, long expectedVersion, String trace) {
    /** One by itself, that nobody traces. */
    public Request(Actor by, String id, long expectedVersion) {
      this(by, id, id, expectedVersion, "");
    }

    /** What events say that it caused. */
    public static String causation(String id) {
      return "request " + id;
    }
  }

  /** Creates the run; one that was created before with the same brief is accepted again. */
  public Reply create(Brief brief, Request request) {
    Reply reply = send(brief.run(), new RunCommand.Create(brief), request);
    boolean repeated =
        reply instanceof Reply.Refused(Refusal.AlreadyExists _)
            && queries.events(brief.run(), 0, 1).stream()
                .anyMatch(first -> first.event().equals(new RunEvent.Created(brief)));
    return repeated ? new Reply.Accepted(0) : reply;
  }

  public Reply start(RunId run, Request request) {
    return send(run, new RunCommand.Start(), request);
  }

  /** Approves the step named, else the one thing of the run that waits for approval. */
  public Reply approve(RunId run, Optional<StepId> step, String comment, Request request) {
    return send(
        run,
        step.<RunCommand>map(id -> new RunCommand.ApproveStep(id, comment))
            .orElseGet(() -> approval(run, comment)),
        request);
  }

  /** Rejects the step named, else the one thing of the run that waits for approval. */
  public Reply reject(RunId run, Optional<StepId> step, String comment, Request request) {
    return send(
        run,
        step.<RunCommand>map(id -> new RunCommand.RejectStep(id, comment))
            .orElseGet(() -> rejection(run, comment)),
        request);
  }

  public Reply retry(RunId run, Optional<StepId> step, Request request) {
    return send(
        run,
        step.<RunCommand>map(RunCommand.RetryStep::new).orElseGet(RunCommand.Retry::new),
        request);
  }

  public Reply skip(RunId run, StepId step, String reason, Request request) {
    return send(run, new RunCommand.SkipStep(step, reason), request);
  }

  public Reply answer(RunId run, StepId step, String answer, Request request) {
    return send(run, new RunCommand.AnswerStep(step, answer), request);
  }

  /** The steps whose engines asked something. */
  public List<StepId> asking(RunId run) {
    return working(run) instanceof Run.Working w ? in(w, StepState.Asking.class) : List.of();
  }

  public Reply inject(RunId run, Injection injection, Request request) {
    return send(run, new RunCommand.Inject(injection), request);
  }

  /** Lets the run pause once that step is done; or, if not {@code stops}, go on there. */
  public Reply stopAfter(RunId run, StepId step, boolean stops, Request request) {
    return send(run, new RunCommand.StopAfter(step, stops), request);
  }

  public Reply pause(RunId run, String why, Request request) {
    return send(run, new RunCommand.Pause(why), request);
  }

  public Reply resume(RunId run, Request request) {
    return send(run, new RunCommand.Resume(), request);
  }

  public Reply cancel(RunId run, String why, Request request) {
    return send(run, new RunCommand.Cancel(why), request);
  }

  /** What CI said of a commit. Again is fine. */
  public Reply recordCi(RunId run, CiReport report, Request request) {
    return send(run, new RunCommand.RecordCi(report), request);
  }

  /** That the run's pull request for that branch was merged. Again is fine. */
  public Reply recordMerge(RunId run, String branch, CommitId commit, Request request) {
    return send(run, new RunCommand.RecordMerge(branch, commit), request);
  }

  private Reply send(RunId run, RunCommand command, Request request) {
    Envelope.Condition condition =
        request.expectedVersion() > 0
            ? new Envelope.Condition.AtVersion(request.expectedVersion())
            : new Envelope.Condition.None();
    return loop.handle(
        new Envelope(
            run,
            command,
            request.by(),
            request.correlation(),
            Request.causation(request.id()),
            request.trace(),
            condition));
  }

  private RunCommand approval(RunId run, String comment) {
    return switch (working(run)) {
      case Run.Working w when w.progress().lane() instanceof Lane.TipHeld ->
          new RunCommand.ApproveTip(comment);
      case Run.Working w when waiting(w).size() == 1 ->
          new RunCommand.ApproveStep(waiting(w).getFirst(), comment);
      case Run _ -> new RunCommand.ApprovePlan(comment);
    };
  }

  private RunCommand rejection(RunId run, String comment) {
    return switch (working(run)) {
      case Run.Working w when waiting(w).size() == 1 ->
          new RunCommand.RejectStep(waiting(w).getFirst(), comment);
      case Run _ -> new RunCommand.RejectPlan(comment);
    };
  }

  private Run working(RunId id) {
    Run run = queries.find(id).<Run>map(RunQueries.Found::run).orElseGet(Run.Absent::new);
    return switch (run) {
      case Run.Paused(var within, _) -> within;
      case Run.Blocked(var within, _) -> within;
      case Run other -> other;
    };
  }

  private static List<StepId> waiting(Run.Working w) {
    return in(w, StepState.NeedsQa.class);
  }

  private static List<StepId> in(Run.Working w, Class<? extends StepState> state) {
    return w.progress().steps().entrySet().stream()
        .filter(entry -> state.isInstance(entry.getValue()))
        .map(Map.Entry::getKey)
        .toList();
  }
}
