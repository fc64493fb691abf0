package dev.capstan.control;

import dev.capstan.control.records.RunQueries;
import dev.capstan.core.Actor;
import dev.capstan.core.CommitId;
import dev.capstan.core.RunId;
import dev.capstan.core.StepId;
import dev.capstan.core.plan.Injection;
import dev.capstan.core.run.Beginning;
import dev.capstan.core.run.Brief;
import dev.capstan.core.run.CiReport;
import dev.capstan.core.run.Decision;
import dev.capstan.core.run.Lane;
import dev.capstan.core.run.Refusal;
import dev.capstan.core.run.Run;
import dev.capstan.core.run.RunCommand;
import dev.capstan.core.run.RunDecider;
import dev.capstan.core.run.RunEvent;
import dev.capstan.core.run.RunHistory;
import dev.capstan.core.run.StepState;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What people ask of runs, as the commands that the core understands. */
public final class RunService {
  private static final int PAGE = 1_000;

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
    return again(reply, brief.run(), List.of(new RunEvent.Created(brief)));
  }

  /** One that was created so before is accepted again. */
  private Reply again(Reply reply, RunId run, List<RunEvent> beginning) {
    boolean repeated =
        reply instanceof Reply.Refused(Refusal.AlreadyExists _)
            && queries.events(run, 0, beginning.size()).stream()
                .<RunEvent>map(RunQueries.Recorded::event)
                .toList()
                .equals(beginning);
    return repeated ? new Reply.Accepted(0) : reply;
  }

  /**
   * Creates a run that begins where another one was; again is fine.
   *
   * @param fork what is asked for
   */
  public Reply fork(RunCommand.Fork fork, Request request) {
    Reply reply = send(fork.run(), fork, request);
    return RunDecider.decide(new Run.Absent(), fork, Instant.EPOCH)
            instanceof Decision.Accepted(var beginning)
        ? again(reply, fork.run(), beginning)
        : reply;
  }

  /** The run as it was after so many of its events; empty if it never had them. */
  public Optional<Run.Known> at(RunId run, long version) {
    Run state = new Run.Absent();
    long at = 0;
    while (at < version) {
      List<RunQueries.Recorded> page = queries.events(run, at, PAGE);
      if (page.isEmpty()) {
        return Optional.empty();
      }
      for (RunQueries.Recorded recorded : page) {
        if (at < version) {
          at = recorded.version();
          state = RunHistory.evolve(state, recorded.event());
        }
      }
    }
    return state instanceof Run.Known known ? Optional.of(known) : Optional.empty();
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

  /** How often the run has tried the step, as far as it remembers. */
  public int attempts(RunId run, StepId step) {
    return working(run) instanceof Run.Working w && w.progress().steps().containsKey(step)
        ? attempts(w.progress().of(step))
        : 0;
  }

  private static int attempts(StepState state) {
    return switch (state) {
      case StepState.Pending(var tries) -> tries.attempts();
      case StepState.InFlight flying -> flying.attempt().number();
      case StepState.Blocked(var tries, _) -> tries.attempts();
      case StepState.Asking(var tries, _) -> tries.attempts();
      case StepState.Failed(var tries, _) -> tries.attempts();
      case StepState.Completed(var tries, _, _) -> tries.attempts();
      case StepState.Skipped _, StepState.Cancelled _ -> 0;
    };
  }

  /** Tries a step again with what that attempt, its last, has left. */
  public Reply goOn(RunId run, StepId step, int attempt, Beginning left, Request request) {
    return send(run, new RunCommand.ContinueStep(step, attempt, left), request);
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

  /** Tells the engine at work on a step something, and those that try it later. */
  public Reply instruct(RunId run, StepId step, String text, Request request) {
    return send(run, new RunCommand.Instruct(step, text), request);
  }

  /** Measures once more what a person is asked about: the step named, else the branch. */
  public Reply verify(RunId run, Optional<StepId> step, Request request) {
    return send(
        run,
        step.<RunCommand>map(RunCommand.VerifyStep::new).orElseGet(() -> verification(run)),
        request);
  }

  public Reply rerun(RunId run, StepId from, String why, Request request) {
    return send(run, new RunCommand.RerunFrom(from, why), request);
  }

  /** Delivers what is verified, and gives up the rest. */
  public Reply deliverNow(RunId run, String why, Request request) {
    return send(run, new RunCommand.DeliverNow(why), request);
  }

  /** Lets a paused run go on for one step. */
  public Reply runNext(RunId run, Request request) {
    return send(run, new RunCommand.RunNext(), request);
  }

  /** Stops everything of the run at once. */
  public Reply halt(RunId run, String why, Request request) {
    return send(run, new RunCommand.Halt(Run.Hold.HALT, why), request);
  }

  /** Lets a run go on that was halted. */
  public Reply lift(RunId run, Request request) {
    return send(run, new RunCommand.Lift(Run.Hold.HALT), request);
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

  private RunCommand verification(RunId run) {
    return switch (working(run)) {
      case Run.Working w when waiting(w).size() == 1 ->
          new RunCommand.VerifyStep(waiting(w).getFirst());
      case Run _ -> new RunCommand.Retry();
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
      case Run.Paused(var within, _, _) -> within;
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
