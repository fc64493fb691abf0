package dev.capstan.core.run;

import dev.capstan.core.CommitId;
import dev.capstan.core.ContentHash;
import dev.capstan.core.ProjectId;
import dev.capstan.core.RunId;
import dev.capstan.core.StepId;
import dev.capstan.core.evidence.Check;
import dev.capstan.core.evidence.CheckName;
import dev.capstan.core.evidence.Confidence;
import dev.capstan.core.evidence.Evidence;
import dev.capstan.core.evidence.Verdict;
import dev.capstan.core.evidence.Violation;
import dev.capstan.core.plan.Plan;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Values and reports for tests of the run. By convention attempt 2 of step {@code a} makes the
 * commit named {@code a-2}.
 */
final class RunExamples {
  static final Instant NOW = Instant.parse("2026-11-21T10:00:00Z");
  static final RunId RUN = new RunId("run-1");
  static final Run.Base BASE = new Run.Base(commit("base"), "main");
  static final Baseline BASELINE = new Baseline(hash("baseline"), "recipe", "12 tests passed");
  static final PullRequest PULL_REQUEST = new PullRequest(7, "local:7", "capstan/run-1");
  static final Change CHANGE = new Change(1, 10, 2);

  private RunExamples() {}

  static StepId id(String step) {
    return new StepId(step);
  }

  static List<StepId> ids(String... steps) {
    return Stream.of(steps).map(StepId::new).toList();
  }

  /** A commit whose id is its name in hexadecimal; at most 20 characters. */
  static CommitId commit(String name) {
    return new CommitId(String.format("%040x", number(name)));
  }

  static ContentHash hash(String name) {
    return new ContentHash(String.format("%064x", number(name)));
  }

  private static BigInteger number(String name) {
    return new BigInteger(1, name.getBytes(StandardCharsets.US_ASCII));
  }

  static Plan plan(StepDraft... steps) {
    return new Plan(Stream.of(steps).map(StepDraft::build).toList());
  }

  static Brief brief(RunPolicy policy, StepDraft... steps) {
    return new Brief(RUN, new ProjectId("shop"), "tidy up", "", plan(steps), policy);
  }

  // ---- evidence

  static final Confidence SURE =
      new Confidence.Scored(100, 100, List.of(), new Confidence.Calibration.Uncalibrated(0, 50));

  static Evidence evidence(String commit, Verdict tests, Violation... violations) {
    return new Evidence(
            commit(commit),
            List.of(
                new Check(CheckName.BUILD, Verdict.PASS, "it builds"),
                new Check(CheckName.TESTS, tests, "12 before, 12 after"),
                new Check(CheckName.JUDGE, Verdict.PASS, "no file that judges was changed"),
                new Check(CheckName.SECRETS, Verdict.PASS, "no secret"),
                new Check(CheckName.SCOPE, Verdict.PASS, "every file in scope")),
            List.of(violations),
            hash("report"))
        .scored(SURE);
  }

  static Evidence pass(String commit) {
    return evidence(commit, Verdict.PASS);
  }

  static Evidence fail(String commit) {
    return evidence(commit, Verdict.FAIL);
  }

  static Evidence unsettled(String commit) {
    return evidence(commit, Verdict.DID_NOT_RUN);
  }

  // ---- reports of workers

  static RunCommand prepared() {
    return new RunCommand.ReportPrepared(BASE);
  }

  static RunCommand measured() {
    return new RunCommand.ReportBaseline(BASELINE);
  }

  static RunCommand executed(String step, int attempt) {
    return new RunCommand.ReportExecuted(id(step), attempt, commit(step + '-' + attempt), CHANGE);
  }

  static RunCommand unchanged(String step, int attempt) {
    return new RunCommand.ReportUnchanged(id(step), attempt);
  }

  static RunCommand asked(String step, int attempt) {
    return new RunCommand.ReportQuestion(id(step), attempt, "which one?");
  }

  static RunCommand passed(String step, int attempt) {
    return verified(step, attempt, Verdict.PASS);
  }

  static RunCommand verified(String step, int attempt, Verdict tests, Violation... violations) {
    return new RunCommand.ReportVerified(
        id(step), attempt, evidence(step + '-' + attempt, tests, violations));
  }

  static RunCommand attemptFailed(String step, int attempt) {
    return new RunCommand.ReportAttemptFailed(id(step), attempt, Failure.recoverable("broken"));
  }

  static RunCommand attemptFailed(String step, int attempt, Failure failure) {
    return new RunCommand.ReportAttemptFailed(id(step), attempt, failure);
  }

  static RunCommand attemptFailedForGood(String step, int attempt) {
    return new RunCommand.ReportAttemptFailed(id(step), attempt, Failure.terminal("hopeless"));
  }

  static RunCommand integrated(String tip, String... steps) {
    return new RunCommand.ReportIntegrated(commit(tip), ids(steps), Map.of());
  }

  static RunCommand tipVerified(Evidence evidence) {
    return new RunCommand.ReportTipVerified(evidence);
  }

  static RunCommand delivered() {
    return new RunCommand.ReportDelivered(List.of(PULL_REQUEST));
  }

  static CiReport ci(String commit, CiReport.Conclusion conclusion) {
    return new CiReport(commit(commit), "build", conclusion, "https://ci/1", "12 tests", NOW);
  }

  static RunCommand taskFailed() {
    return new RunCommand.ReportTaskFailed(Failure.recoverable("the disk is full"));
  }

  static RunCommand taskFailedForGood() {
    return new RunCommand.ReportTaskFailed(Failure.terminal("no such repository"));
  }

  // ---- events that many tests expect

  static RunEvent.StepStarted started(String step, int attempt, String from) {
    return started(step, attempt, 0, from);
  }

  static RunEvent.StepStarted started(String step, int attempt, int engine, String from) {
    return new RunEvent.StepStarted(id(step), new Attempt(attempt, engine, commit(from)), NOW);
  }

  static RunEvent.StepCompleted completed(String step, String tip) {
    return new RunEvent.StepCompleted(id(step), commit(tip));
  }
}
