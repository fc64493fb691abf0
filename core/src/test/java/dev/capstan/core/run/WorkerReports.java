package dev.capstan.core.run;

import static dev.capstan.core.run.RunExamples.BASE;
import static dev.capstan.core.run.RunExamples.BASELINE;
import static dev.capstan.core.run.RunExamples.CHANGE;
import static dev.capstan.core.run.RunExamples.PULL_REQUEST;

import dev.capstan.core.CommitId;
import dev.capstan.core.StepId;
import dev.capstan.core.evidence.Check;
import dev.capstan.core.evidence.CheckName;
import dev.capstan.core.evidence.Evidence;
import dev.capstan.core.evidence.Verdict;
import dev.capstan.core.policy.Layer;
import dev.capstan.core.policy.Setting;
import dev.capstan.core.policy.Value;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** What a worker might say about a task. */
final class WorkerReports {
  private final Random random;
  private final boolean mayFail;

  WorkerReports(Random random, boolean mayFail) {
    this.random = random;
    this.mayFail = mayFail;
  }

  RunCommand of(Task task) {
    boolean fails = mayFail && random.nextInt(5) == 0;
    return switch (task) {
      case Task.Execute(var step, var attempt) ->
          fails ? failed(step.id(), attempt) : executed(step.id(), attempt);
      case Task.Verify(var step, var attempt, var commit, _, _) ->
          fails
              ? failed(step.id(), attempt)
              : new RunCommand.ReportVerified(step.id(), attempt.number(), evidence(commit));
      case Task.Wake(var timer) -> new RunCommand.Elapse(timer);
      case Task.Prepare _ -> fails ? failed() : prepared();
      case Task.MeasureBaseline _ -> fails ? failed() : new RunCommand.ReportBaseline(BASELINE);
      case Task.Integrate(var tip, var contributions) ->
          fails ? failed() : integrated(tip, contributions);
      case Task.VerifyTip(var tip, _, _, _) ->
          fails ? failed() : new RunCommand.ReportTipVerified(evidence(tip));
      case Task.Deliver _ ->
          fails ? failed() : new RunCommand.ReportDelivered(List.of(PULL_REQUEST));
    };
  }

  private RunCommand executed(StepId step, Attempt attempt) {
    if (mayFail && random.nextInt(6) == 0) {
      return new RunCommand.ReportQuestion(step, attempt.number(), "which one?");
    }
    return mayFail && random.nextInt(6) == 0
        ? new RunCommand.ReportUnchanged(step, attempt.number())
        : new RunCommand.ReportExecuted(step, attempt.number(), commit(), CHANGE);
  }

  private RunCommand integrated(CommitId tip, List<Task.Integrate.Contribution> contributions) {
    List<StepId> integrated = new ArrayList<>();
    Map<StepId, List<RunCommand.Clash>> conflicts = new HashMap<>();
    for (Task.Integrate.Contribution contribution : contributions) {
      if (mayFail && random.nextInt(3) == 0) {
        conflicts.put(contribution.step(), List.of(new RunCommand.Clash("pom.xml", "")));
      } else {
        integrated.add(contribution.step());
      }
    }
    return new RunCommand.ReportIntegrated(
        integrated.isEmpty() ? tip : commit(), integrated, conflicts);
  }

  private Evidence evidence(CommitId commit) {
    List<Check> checks = new ArrayList<>();
    // the others are made where somebody asks for them
    for (CheckName name : EnumSet.range(CheckName.BUILD, CheckName.SCOPE)) {
      Verdict[] verdicts = Verdict.values();
      Verdict verdict =
          mayFail && random.nextInt(10) == 0
              ? verdicts[random.nextInt(verdicts.length)]
              : Verdict.PASS;
      checks.add(new Check(name, verdict, "measured"));
    }
    return new Evidence(commit, checks, List.of(), RunExamples.hash("report"))
        .scored(RunExamples.SURE);
  }

  private RunCommand prepared() {
    return random.nextBoolean()
        ? new RunCommand.ReportPrepared(BASE)
        : new RunCommand.ReportPrepared(
            BASE,
            new Layer(
                "repository", Map.of(Setting.ATTEMPTS, new Value.Quantity(1 + random.nextInt(2)))));
  }

  private RunCommand failed(StepId step, Attempt attempt) {
    return new RunCommand.ReportAttemptFailed(step, attempt.number(), failure());
  }

  private RunCommand failed() {
    return new RunCommand.ReportTaskFailed(failure());
  }

  private Failure failure() {
    return random.nextInt(3) == 0
        ? Failure.terminal("hopeless")
        : Failure.recoverable("broken " + random.nextInt(9));
  }

  private CommitId commit() {
    return new CommitId(
        String.format("%016x%024x", random.nextLong(), random.nextInt(Integer.MAX_VALUE)));
  }
}
