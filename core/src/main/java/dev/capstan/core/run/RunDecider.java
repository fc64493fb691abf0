package dev.capstan.core.run;

import dev.capstan.core.StepId;
import dev.capstan.core.run.Draft.Answer;
import java.time.Instant;

/** What may happen to a run: the product's rules, one line for each pair of state and command. */
public final class RunDecider {
  private final Draft draft;
  private final StageRules stages;
  private final AttemptRules attempts;
  private final BranchRules branch;
  private final PersonRules people;
  private final RewindRules rewinds;
  private final AftermathRules aftermath;

  private RunDecider(Draft draft) {
    this.draft = draft;
    this.stages = new StageRules(draft);
    this.attempts = new AttemptRules(draft);
    this.branch = new BranchRules(draft, attempts, stages);
    this.people = new PersonRules(draft, attempts);
    this.rewinds = new RewindRules(draft);
    this.aftermath = new AftermathRules(draft);
  }

  /** Decides at the time {@code now}; the run itself is not touched. */
  public static Decision decide(Run run, RunCommand command, Instant now) {
    Draft draft = new Draft(run, now);
    return switch (new RunDecider(draft).answer(command)) {
      case Draft.Yes _ -> {
        followUp(draft);
        yield new Decision.Accepted(draft.events());
      }
      case Draft.No(Refusal refusal) -> new Decision.Refused(refusal);
    };
  }

  /** What follows by itself, until nothing does. A paused run starts nothing. */
  private static void followUp(Draft draft) {
    while (draft.run() instanceof Run.Working w) {
      RunEvent next = RunSchedule.next(w, draft.now()).orElse(null);
      if (next == null) {
        return;
      }
      draft.then(next);
    }
  }

  private record On(Run run, RunCommand command) {}

  private Answer answer(RunCommand command) {
    return switch (new On(draft.run(), command)) {
      case On(Run.Absent _, RunCommand.Create(var brief)) -> people.create(brief);
      case On(Run.Absent _, RunCommand.Fork fork) -> rewinds.fork(fork);
      case On(Run.Absent _, _) -> Draft.no(new Refusal.NoSuchRun());
      case On(Run.Known known, RunCommand.Create _) ->
          Draft.no(new Refusal.AlreadyExists(known.brief().run()));
      case On(Run.Known known, RunCommand.Fork _) ->
          Draft.no(new Refusal.AlreadyExists(known.brief().run()));
      case On(
              Run.Ended(Run.Delivering d, Run.Outcome.Delivered _, var after),
              RunCommand.RecordCi(var report)) ->
          aftermath.ciReported(d.progress().tip(), after, report);
      case On(
              Run.Ended(_, Run.Outcome.Delivered outcome, var after),
              RunCommand.RecordMerge(var branch, var commit)) ->
          aftermath.merged(outcome, after, branch, commit);
      case On(Run.Ended _, _) -> Draft.no(new Refusal.RunEnded(draft.run().status()));
      case On(Run.Known _, RunCommand.Cancel(var why)) -> draft.then(new RunEvent.Cancelled(why));
      case On(Run.Known _, RunCommand.Elapse(Timer.RunLimit _)) ->
          draft.then(new RunEvent.Failed("the run took longer than its time limit"));
      case On(Run.Pending _, RunCommand.Start _) -> draft.then(new RunEvent.Started());
      case On(Run.Planned _, RunCommand.ApprovePlan(var comment)) ->
          draft.then(new RunEvent.PlanApproved(comment));
      case On(Run.Planned _, RunCommand.RejectPlan(var comment)) ->
          draft.then(new RunEvent.Cancelled("the plan was rejected: " + comment));
      case On(Run.Known known, RunCommand.StopAfter(var step, var stops)) ->
          people.stopAfter(known, step, stops);
      case On(Run.Pending _, RunCommand.Inject(var injection)) -> people.inject(injection);
      case On(Run.Planned _, RunCommand.Inject(var injection)) -> people.inject(injection);
      case On(Run.Active _, RunCommand.Pause(var why)) -> draft.then(new RunEvent.Paused(why));
      case On(Run.Paused _, RunCommand.Resume _) -> draft.then(new RunEvent.Resumed());
      case On(Run.Paused(Run.Working _, _, _), RunCommand.RunNext _) -> people.runNext();
      case On(Run.Active _, RunCommand.Halt(var hold, var why)) ->
          draft.then(new RunEvent.Halted(hold, why));
      case On(Run.Paused(_, _, var before), RunCommand.Halt halt) -> people.halt(before, halt);
      case On(Run.Blocked _, RunCommand.Halt halt) -> people.halt(Run.Hold.PAUSE, halt);
      case On(Run.Paused(_, _, var hold), RunCommand.Lift lift) when lift.hold() == hold ->
          draft.then(new RunEvent.Resumed());
      case On(Run.Blocked(Run.Working w, _), RunCommand.Instruct _) -> working(w, command);
      case On(Run.Blocked(Run.Working w, _), RunCommand.Report _) -> working(w, command);
      case On(Run.Blocked(Run.Working w, _), RunCommand.Elapse _) -> working(w, command);
      case On(Run.Blocked _, RunCommand.Report _) -> draft.notNow(command);
      case On(Run.Blocked _, RunCommand.Elapse _) -> Draft.yes();
      case On(Run.Blocked _, _) -> unblock(command);
      case On(Run.Paused(var within, _, _), _) -> active(within, command);
      case On(Run.Active within, _) -> active(within, command);
      case On(Run.Pending _, _), On(Run.Planned _, _) -> draft.notNow(command);
    };
  }

  private Answer active(Run.Active within, RunCommand command) {
    return switch (new On(within, command)) {
      case On(Run.Preparing _, RunCommand.ReportPrepared(var base, var asked)) ->
          stages.prepared(base, asked);
      case On(Run.Preparing(var brief, var failures), RunCommand.ReportTaskFailed(var failure)) ->
          stages.taskFailed(brief, failure, failures);
      case On(Run.Measuring m, RunCommand.ReportBaseline(var baseline)) ->
          stages.measured(m, baseline);
      case On(Run.Measuring m, RunCommand.ReportTaskFailed(var failure)) ->
          stages.taskFailed(m.brief(), failure, m.failures());
      case On(Run.Preparing _, RunCommand.Inject(var injection)) -> people.inject(injection);
      case On(Run.Measuring _, RunCommand.Inject(var injection)) -> people.inject(injection);
      case On(Run.Working w, _) -> working(w, command);
      case On(Run.Delivering _, RunCommand.ReportDelivered(var pullRequests)) ->
          draft.then(new RunEvent.Completed(new Run.Outcome.Delivered(pullRequests)));
      case On(Run.Delivering d, RunCommand.ReportTaskFailed(var failure)) ->
          stages.taskFailed(d.brief(), failure, d.failures());
      case On(_, RunCommand.Elapse _) -> Draft.yes();
      case On(_, RunCommand.Retry _) ->
          draft.run() instanceof Run.Active && !draft.isEmpty()
              ? Draft.yes()
              : draft.notNow(command);
      case On(_, _) -> draft.notNow(command);
    };
  }

  private Answer working(Run.Working w, RunCommand command) {
    return switch (command) {
      case RunCommand.ReportExecuted report -> attempts.executed(w, report);
      case RunCommand.ReportUnchanged(var step, var attempt) ->
          attempts.unchanged(w, step, attempt);
      case RunCommand.ReportVerified(var step, var attempt, var evidence) ->
          attempts.verified(w, step, attempt, evidence);
      case RunCommand.ReportQuestion(var step, var attempt, var question) ->
          attempts.asked(w, step, attempt, question);
      case RunCommand.ReportAttemptFailed(var step, var attempt, var failure) ->
          attempts.attemptFailed(w, step, attempt, failure);
      case RunCommand.AnswerStep(var step, var answer) -> people.answer(w, step, answer);
      case RunCommand.Inject(var injection) -> people.inject(injection);
      case RunCommand.ApproveStep(var step, var comment) -> people.approve(w, step, comment);
      case RunCommand.RejectStep(var step, var comment) -> people.reject(w, step, comment);
      case RunCommand.VerifyStep(var step) -> people.verify(w, step);
      case RunCommand.DeliverNow(var why) -> people.deliverNow(w, why);
      case RunCommand.Instruct(var step, var text) -> people.instruct(w, step, text);
      case RunCommand.RerunFrom(var step, var why) -> rewinds.rerun(w, step, why);
      case RunCommand.RetryStep(var step) -> people.retry(w, step);
      case RunCommand.ContinueStep continues -> people.goOn(w, continues);
      case RunCommand.SkipStep(var step, var reason) -> people.skip(w, step, reason);
      case RunCommand.Retry _ -> people.retryAll(w);
      case RunCommand.ApproveTip(var comment) -> people.approveTip(w, comment);
      case RunCommand.ReportIntegrated report -> branch.integrated(w, report);
      case RunCommand.ReportTipVerified(var evidence) -> branch.tipVerified(w, evidence);
      case RunCommand.ReportTaskFailed(var failure) -> branch.laneFailed(w, failure);
      case RunCommand.Elapse(Timer.BarrierLimit(var step)) -> barrierElapsed(w, step);
      case RunCommand.Elapse(Timer.RunLimit _) -> Draft.yes();
      case RunCommand.Create _,
          RunCommand.Fork _,
          RunCommand.Start _,
          RunCommand.ApprovePlan _,
          RunCommand.RejectPlan _,
          RunCommand.StopAfter _,
          RunCommand.Pause _,
          RunCommand.Resume _,
          RunCommand.RunNext _,
          RunCommand.Halt _,
          RunCommand.Lift _,
          RunCommand.Cancel _,
          RunCommand.ReportPrepared _,
          RunCommand.ReportBaseline _,
          RunCommand.ReportDelivered _,
          RunCommand.RecordCi _,
          RunCommand.RecordMerge _ ->
          draft.notNow(command);
    };
  }

  private Answer barrierElapsed(Run.Working w, StepId step) {
    return w.progress().steps().get(step) instanceof StepState.Pending(var tries)
            && tries.attempts() == 0
            && !w.progress().opens(w.planned(step).barrier())
        ? draft.then(
            new RunEvent.StepBlocked(
                step, "the steps it waits for were not done within its time limit"))
        : Draft.yes();
  }

  /**
   * A person's command to a blocked run is decided as if it were not blocked; if it is refused, it
   * stays so.
   */
  private Answer unblock(RunCommand command) {
    draft.then(new RunEvent.Unblocked());
    return draft.run() instanceof Run.Active within
        ? active(within, command)
        : draft.notNow(command);
  }
}
