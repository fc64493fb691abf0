package dev.capstan.server.rest;

import dev.capstan.api.ActivityView;
import dev.capstan.api.EventView;
import dev.capstan.control.records.ActivityLog;
import dev.capstan.control.records.RunQueries.Recorded;
import dev.capstan.core.evidence.Evidence;
import dev.capstan.core.policy.Setting;
import dev.capstan.core.run.PullRequest;
import dev.capstan.core.run.Run;
import dev.capstan.core.run.RunEvent;
import java.util.Locale;
import java.util.stream.Collectors;

/** Events and activity as the API shows them, with one sentence each for people. */
public final class EventViews {
  private EventViews() {}

  public static EventView view(Recorded event) {
    return new EventView(
        event.version(),
        event.type(),
        summary(event.event()),
        event.data(),
        event.at(),
        event.actor(),
        event.correlation(),
        event.causation());
  }

  static ActivityView view(ActivityLog.Placed placed) {
    ActivityLog.Line line = placed.line();
    return new ActivityView(
        placed.position(), line.step(), line.attempt(), line.channel(), line.text(), line.at());
  }

  private static String summary(RunEvent event) {
    return switch (event) {
      case RunEvent.Created(var brief) ->
          "created with " + count(brief.plan().steps().size(), "step");
      case RunEvent.Forked(var origin, _) ->
          "forked from " + origin.run() + " after " + count(origin.version(), "event");
      case RunEvent.Started _ -> "started";
      case RunEvent.Prepared(var base) ->
          "starts from "
              + base.commit().abbreviated()
              + (base.branch().isEmpty() ? "" : " of " + base.branch());
      case RunEvent.PolicyTightened(var layer) ->
          layer.origin()
              + " asks for "
              + layer.values().keySet().stream()
                  .map(Setting::key)
                  .collect(Collectors.joining(", "));
      case RunEvent.BaselineMeasured(var baseline) -> "base commit: " + baseline.summary();
      case RunEvent.PlanApproved(var comment) ->
          "plan " + (comment.isBlank() ? "approved" : comment);
      case RunEvent.StepStarted(var step, var attempt, _) ->
          step + ": attempt " + attempt.number() + " started";
      case RunEvent.AttemptExecuted(var step, var commit, var change) ->
          step
              + ": changed "
              + count(change.files(), "file")
              + " (+"
              + change.linesAdded()
              + " -"
              + change.linesDeleted()
              + ") as "
              + commit.abbreviated();
      case RunEvent.AttemptVerified(var step, var evidence) ->
          step + ": gate open, " + checks(evidence);
      case RunEvent.QaRequested(var step, _, var reasons) ->
          step + ": a person is asked, " + String.join("; ", reasons);
      case RunEvent.GateShut(var step, var evidence) -> step + ": gate shut, " + checks(evidence);
      case RunEvent.VerificationRepeated(var step) -> step + ": measured once more";
      case RunEvent.QaApproved(var step, var comment) -> step + ": approved" + said(comment);
      case RunEvent.AttemptFailed(var step, var attempt, var failure, _, _) ->
          step + ": attempt " + attempt + " failed: " + failure.message();
      case RunEvent.StepCompleted(var step, var tip) ->
          step + ": completed, the branch is at " + tip.abbreviated();
      case RunEvent.StepBlocked(var step, var reason) -> step + ": blocked: " + reason;
      case RunEvent.StepFailed(var step, var reason) -> step + ": failed: " + reason;
      case RunEvent.StepSkipped(var step, var reason) -> step + ": skipped" + said(reason);
      case RunEvent.StepReopened(var step) -> step + ": to be tried again";
      case RunEvent.StepContinued(var step, _, var work) ->
          step + ": to go on with what was left, " + work.abbreviated();
      case RunEvent.QuestionAsked(var step, _, var question) -> step + ": asks: " + question;
      case RunEvent.QuestionAnswered(var step, var answer) -> step + ": answered: " + answer;
      case RunEvent.Instructed(var step, var text) -> step + ": told: " + text;
      case RunEvent.Rewound(var from, var steps, var tip, var why) ->
          "back to before "
              + from
              + said(why)
              + "; to be done again: "
              + steps
              + ", the branch is at "
              + tip.abbreviated();
      case RunEvent.StepsInjected(var injection, var givenUp) ->
          count(injection.steps().size(), "step")
              + " added"
              + (givenUp.isEmpty() ? "" : " in place of " + givenUp);
      case RunEvent.StopSet(var step, var stops) ->
          stops ? "to pause after " + step : "not to pause after " + step;
      case RunEvent.StopReached(var step) -> "paused: stop point after " + step;
      case RunEvent.IntegrationStarted(var steps) -> "joining " + steps;
      case RunEvent.Integrated(var tip, var steps) ->
          "joined " + steps + ", the branch is at " + tip.abbreviated();
      case RunEvent.TipVerificationStarted _ -> "measuring the branch as a whole";
      case RunEvent.TipVerified(var evidence) -> "the branch as a whole: " + checks(evidence);
      case RunEvent.TipHeld(_, var reason, _) -> "the branch as a whole is held: " + reason;
      case RunEvent.TipApproved(var comment) -> "the branch as a whole approved" + said(comment);
      case RunEvent.DeliveryStarted _ -> "delivering";
      case RunEvent.TaskFailed(var failure, var notBefore) ->
          "failed, next try at " + notBefore + ": " + failure.message();
      case RunEvent.Blocked(var reason) -> "blocked: " + reason;
      case RunEvent.Unblocked _ -> "goes on";
      case RunEvent.Paused(var why) -> "paused" + said(why);
      case RunEvent.Halted(_, var why) -> "halted" + said(why);
      case RunEvent.Resumed _ -> "resumed";
      case RunEvent.Completed(Run.Outcome.Delivered(var pullRequests)) ->
          "completed: "
              + (pullRequests.size() == 1 ? "pull request " : "a stack of pull requests: ")
              + pullRequests.stream().map(PullRequest::url).collect(Collectors.joining(", "));
      case RunEvent.Completed _ -> "completed: no file changed, nothing to deliver";
      case RunEvent.CiReported(var report, var delivered) ->
          "CI: "
              + report.name()
              + ' '
              + report.conclusion().name().toLowerCase(Locale.ROOT)
              + (delivered ? "" : " of another commit, " + report.commit().abbreviated());
      case RunEvent.Merged(var branch, var commit) ->
          branch + " was merged by " + commit.abbreviated();
      case RunEvent.Failed(var reason) -> "failed: " + reason;
      case RunEvent.Cancelled(var reason) -> "cancelled" + said(reason);
    };
  }

  private static String checks(Evidence evidence) {
    return evidence.checks().stream()
        .map(check -> check.name() + " " + check.verdict())
        .collect(Collectors.joining(", "));
  }

  private static String said(String comment) {
    return comment.isBlank() ? "" : ": " + comment;
  }

  private static String count(long number, String noun) {
    return number + " " + noun + (number == 1 ? "" : "s");
  }
}
