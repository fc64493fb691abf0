package dev.capstan.core.run;

import static dev.capstan.core.run.PolicyDraft.policy;
import static dev.capstan.core.run.RunExamples.asked;
import static dev.capstan.core.run.RunExamples.attemptFailed;
import static dev.capstan.core.run.RunExamples.attemptFailedForGood;
import static dev.capstan.core.run.RunExamples.delivered;
import static dev.capstan.core.run.RunExamples.evidence;
import static dev.capstan.core.run.RunExamples.executed;
import static dev.capstan.core.run.RunExamples.fail;
import static dev.capstan.core.run.RunExamples.id;
import static dev.capstan.core.run.RunExamples.integrated;
import static dev.capstan.core.run.RunExamples.measured;
import static dev.capstan.core.run.RunExamples.passed;
import static dev.capstan.core.run.RunExamples.prepared;
import static dev.capstan.core.run.RunExamples.taskFailed;
import static dev.capstan.core.run.RunExamples.taskFailedForGood;
import static dev.capstan.core.run.RunExamples.tipVerified;
import static dev.capstan.core.run.RunExamples.unchanged;
import static dev.capstan.core.run.RunExamples.unsettled;
import static dev.capstan.core.run.RunExamples.verified;
import static dev.capstan.core.run.StepDraft.step;

import dev.capstan.core.RunId;
import dev.capstan.core.evidence.Verdict;
import dev.capstan.core.plan.Injection;
import dev.capstan.core.plan.Injection.Place;
import dev.capstan.core.policy.Layer;
import dev.capstan.core.policy.Setting;
import dev.capstan.core.policy.Value;
import dev.capstan.core.run.CiReport.Conclusion;
import dev.capstan.core.run.RetryPolicy.Exhausted;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;

/**
 * A run in each state that there is, and a command of each kind. The commands are about step {@code
 * a}, its first attempt, and the tip {@code merged}.
 */
final class StateExamples {
  private static final RunCommand PAUSE = new RunCommand.Pause("lunch");
  private static final RunCommand HALT_ABOVE = new RunCommand.Halt(Run.Hold.HALT_ABOVE, "on fire");
  private static final RunCommand SPENT = new RunCommand.Halt(Run.Hold.BUDGET, "no money");
  private static final RunPolicy FAILING = policy().tries(1, Exhausted.FAIL).build();

  private StateExamples() {}

  static SequencedMap<String, Given> runs() {
    SequencedMap<String, Given> all = new LinkedHashMap<>();
    Given pending = Given.created(policy().build(), step("a"));
    Given preparing = pending.and(new RunCommand.Start());
    Given measuring = preparing.and(prepared());
    Given working = measuring.and(measured());
    Given delivering = working.and(executed("a", 1), passed("a", 1));
    all.put("Absent", Given.events());
    all.put("Pending", pending);
    all.put("Preparing", preparing);
    all.put("Measuring", measuring);
    all.put("Planned", Given.working(policy().planApprovedByPerson().build(), step("a")));
    all.put("Working", working);
    all.put("Delivering", delivering);
    all.put("Paused in Preparing", preparing.and(PAUSE));
    all.put("Paused in Measuring", measuring.and(PAUSE));
    all.put("Paused in Working", working.and(PAUSE));
    all.put("Paused in Delivering", delivering.and(PAUSE));
    all.put("Paused in Working, halted from above", working.and(HALT_ABOVE));
    all.put("Paused in Working, forked", Given.events().and(fork(working)));
    all.put("Blocked in Preparing", preparing.and(taskFailedForGood()));
    all.put("Blocked in Measuring", measuring.and(taskFailedForGood()));
    all.put("Blocked in Working", working.and(attemptFailedForGood("a", 1)));
    all.put("Blocked in Delivering", delivering.and(taskFailedForGood()));
    all.put("Ended, delivered", delivering.and(delivered()));
    all.put("Ended, nothing to deliver", working.and(new RunCommand.SkipStep(id("a"), "no")));
    all.put("Ended, failed", Given.working(FAILING, step("a")).and(attemptFailed("a", 1)));
    all.put("Ended, cancelled", working.and(new RunCommand.Cancel("no")));
    return all;
  }

  /** Step {@code a} in each state, while step {@code b} keeps the run at work. */
  static SequencedMap<String, Given> steps() {
    SequencedMap<String, Given> all = new LinkedHashMap<>();
    Given working = Given.working(step("a").mayChangeNothing(), step("b"));
    Given failing = Given.working(FAILING, step("a"), step("b"));
    all.put("Pending", Given.working(step("a").after("b"), step("b")));
    all.put("Executing", working);
    all.put("Executing, last try, policy FAIL", failing);
    all.put("Verifying", working.and(executed("a", 1)));
    all.put(
        "Verifying, to stop after",
        working.and(executed("a", 1), new RunCommand.StopAfter(id("a"), true)));
    all.put("Verified", verifiedAndWaiting());
    all.put("NeedsQa", working.and(executed("a", 1), verified("a", 1, Verdict.DID_NOT_RUN)));
    all.put("Completed", working.and(executed("a", 1), passed("a", 1)));
    all.put("Skipped", working.and(new RunCommand.SkipStep(id("a"), "no")));
    all.put("Blocked", working.and(attemptFailedForGood("a", 1)));
    all.put("Asking", working.and(asked("a", 1)));
    all.put("Failed", failing.and(attemptFailed("a", 1)));
    all.put("Cancelled", working.and(new RunCommand.Cancel("no")));
    return all;
  }

  /** The run's branch in each state. */
  static SequencedMap<String, Given> lanes() {
    SequencedMap<String, Given> all = new LinkedHashMap<>();
    Given integrating =
        Given.working(step("b"), step("a"))
            .and(executed("b", 1), executed("a", 1), passed("b", 1), passed("a", 1));
    Given verifying = integrating.and(integrated("merged", "a"));
    all.put("Free", Given.working(step("a"), step("b")));
    all.put("Free, integration given up", integrating.and(taskFailedForGood()));
    all.put("Integrating", integrating);
    all.put("VerifyingTip", verifying);
    all.put("TipHeld, may be approved", verifying.and(tipVerified(unsettled("merged"))));
    all.put("TipHeld", verifying.and(tipVerified(fail("merged"))));
    return all;
  }

  private static RunCommand fork(Given of) {
    return new RunCommand.Fork(
        RunExamples.RUN,
        new Origin(new RunId("run-0"), of.history().size()),
        (Run.Known) of.run(),
        Map.of());
  }

  private static RunCommand answer() {
    return new RunCommand.AnswerStep(id("a"), "the first");
  }

  private static Given verifiedAndWaiting() {
    return Given.working(policy().parallel(3).build(), step("b"), step("c"), step("a"))
        .and(executed("a", 1), executed("b", 1), executed("c", 1))
        .and(passed("b", 1), passed("c", 1), passed("a", 1));
  }

  static SequencedMap<String, RunCommand> commands() {
    SequencedMap<String, RunCommand> all = new LinkedHashMap<>();
    all.put("Create", new RunCommand.Create(RunExamples.brief(policy().build(), step("a"))));
    all.put("Fork", fork(Given.working(step("a"))));
    all.put("Start", new RunCommand.Start());
    all.put("ApprovePlan", new RunCommand.ApprovePlan("good"));
    all.put("RejectPlan", new RunCommand.RejectPlan("bad"));
    all.put("ApproveStep", new RunCommand.ApproveStep(id("a"), "good"));
    all.put("RejectStep", new RunCommand.RejectStep(id("a"), "bad"));
    all.put("ApproveTip", new RunCommand.ApproveTip("good"));
    all.put("VerifyStep", new RunCommand.VerifyStep(id("a")));
    all.put("DeliverNow", new RunCommand.DeliverNow("enough"));
    all.put("Instruct", new RunCommand.Instruct(id("a"), "keep the old name"));
    all.put("RerunFrom", new RunCommand.RerunFrom(id("a"), "otherwise"));
    all.put("RetryStep", new RunCommand.RetryStep(id("a")));
    all.put(
        "ContinueStep",
        new RunCommand.ContinueStep(id("a"), 1, new Beginning.Left(RunExamples.commit("left"))));
    all.put(
        "ContinueStep(nothing)", new RunCommand.ContinueStep(id("a"), 1, new Beginning.Fresh()));
    all.put("Retry", new RunCommand.Retry());
    all.put("SkipStep", new RunCommand.SkipStep(id("a"), "not needed"));
    all.put("AnswerStep", answer());
    all.put("Inject", new RunCommand.Inject(injection(new Place.ByPriority())));
    all.put("Inject(before)", new RunCommand.Inject(injection(new Place.Before(id("a")))));
    all.put("StopAfter", new RunCommand.StopAfter(id("a"), true));
    all.put("Pause", PAUSE);
    all.put("Resume", new RunCommand.Resume());
    all.put("RunNext", new RunCommand.RunNext());
    all.put("Halt", new RunCommand.Halt(Run.Hold.HALT, "on fire"));
    all.put("Halt(above)", HALT_ABOVE);
    all.put("Halt(budget)", SPENT);
    all.put("Lift(above)", new RunCommand.Lift(Run.Hold.HALT_ABOVE));
    all.put("Cancel", new RunCommand.Cancel("no"));
    all.putAll(reports());
    all.put("RecordCi", new RunCommand.RecordCi(RunExamples.ci("a-1", Conclusion.FAILED)));
    all.put(
        "RecordCi(another commit)",
        new RunCommand.RecordCi(RunExamples.ci("other", Conclusion.PASSED)));
    all.put(
        "RecordMerge",
        new RunCommand.RecordMerge(RunExamples.PULL_REQUEST.branch(), RunExamples.commit("main")));
    all.put("Elapse(RunLimit)", new RunCommand.Elapse(new Timer.RunLimit()));
    all.put("Elapse(BarrierLimit)", new RunCommand.Elapse(new Timer.BarrierLimit(id("a"))));
    return all;
  }

  private static Injection injection(Place place) {
    return new Injection(List.of(step("more").build()), place);
  }

  private static SequencedMap<String, RunCommand> reports() {
    SequencedMap<String, RunCommand> all = new LinkedHashMap<>();
    all.put("ReportPrepared", prepared());
    all.put(
        "ReportPrepared(asking for more)",
        new RunCommand.ReportPrepared(
            RunExamples.BASE,
            new Layer("repository", Map.of(Setting.ATTEMPTS, new Value.Quantity(1)))));
    all.put("ReportBaseline", measured());
    all.put("ReportExecuted", executed("a", 1));
    all.put("ReportUnchanged", unchanged("a", 1));
    all.put("ReportQuestion", asked("a", 1));
    all.put("ReportVerified(PASS)", passed("a", 1));
    all.put("ReportVerified(FAIL)", verified("a", 1, Verdict.FAIL));
    all.put("ReportVerified(DID_NOT_RUN)", verified("a", 1, Verdict.DID_NOT_RUN));
    all.put("ReportAttemptFailed(recoverable)", attemptFailed("a", 1));
    all.put("ReportAttemptFailed(terminal)", attemptFailedForGood("a", 1));
    all.put("ReportIntegrated", integrated("merged", "a"));
    all.put(
        "ReportIntegrated(conflict)",
        new RunCommand.ReportIntegrated(
            RunExamples.commit("b-1"),
            List.of(),
            Map.of(id("a"), List.of(new RunCommand.Clash("pom.xml", "")))));
    for (Verdict verdict : List.of(Verdict.PASS, Verdict.FAIL, Verdict.DID_NOT_RUN)) {
      all.put("ReportTipVerified(" + verdict + ')', tipVerified(evidence("merged", verdict)));
    }
    all.put("ReportDelivered", delivered());
    all.put("ReportTaskFailed(recoverable)", taskFailed());
    all.put("ReportTaskFailed(terminal)", taskFailedForGood());
    return all;
  }
}
