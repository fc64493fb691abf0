package dev.capstan.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.capstan.control.Envelope;
import dev.capstan.control.Reply;
import dev.capstan.core.Actor;
import dev.capstan.core.CommitId;
import dev.capstan.core.ContentHash;
import dev.capstan.core.ProjectId;
import dev.capstan.core.RunId;
import dev.capstan.core.StepId;
import dev.capstan.core.evidence.Check;
import dev.capstan.core.evidence.CheckName;
import dev.capstan.core.evidence.Confidence;
import dev.capstan.core.evidence.Evidence;
import dev.capstan.core.evidence.Expectations;
import dev.capstan.core.evidence.Verdict;
import dev.capstan.core.plan.Barrier;
import dev.capstan.core.plan.Patience;
import dev.capstan.core.plan.Plan;
import dev.capstan.core.plan.Scope;
import dev.capstan.core.plan.Step;
import dev.capstan.core.plan.Work;
import dev.capstan.core.run.Baseline;
import dev.capstan.core.run.Brief;
import dev.capstan.core.run.Change;
import dev.capstan.core.run.Failure;
import dev.capstan.core.run.Run;
import dev.capstan.core.run.RunCommand;
import dev.capstan.core.run.RunPolicy;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A run on a server that does no work: its reports are made up, and its loop, log and store real.
 */
final class LedRun {
  private final StartedServer server;
  private final String run;

  private LedRun(StartedServer server, String run) {
    this.server = server;
    this.run = run;
  }

  /** Begun from a commit, with a step for each title: {@code s0}, {@code s1} and so on. */
  static LedRun begin(
      StartedServer server,
      String project,
      String run,
      CommitId base,
      String goal,
      String... titles) {
    LedRun led = new LedRun(server, run);
    List<Step> steps =
        Stream.iterate(0, i -> i < titles.length, i -> i + 1)
            .map(i -> step("s" + i, titles[i]))
            .toList();
    Brief brief =
        new Brief(
            new RunId(run), new ProjectId(project), goal, "", new Plan(steps), RunPolicy.DEFAULT);
    led.accept(new RunCommand.Create(brief));
    led.accept(new RunCommand.Start());
    led.accept(new RunCommand.ReportPrepared(new Run.Base(base, "main")));
    led.accept(
        new RunCommand.ReportBaseline(
            new Baseline(new ContentHash("ab".repeat(32)), "recipe", "12 tests passed")));
    return led;
  }

  private static Step step(String id, String title) {
    return new Step(
        new StepId(id),
        "refactor",
        title,
        "it is wanted",
        new Scope(List.of("src/" + id + "/**")),
        List.of(
            new Work("builtin", List.of("model=small"), Map.of(), List.of(), Duration.ofHours(1))),
        new Barrier.All(List.of()),
        new Patience.Unlimited(),
        0,
        Expectations.DEFAULT);
  }

  void accept(RunCommand command) {
    Reply reply =
        server
            .installation()
            .loop()
            .handle(
                new Envelope(
                    new RunId(run),
                    command,
                    new Actor("ann"),
                    "request",
                    "test",
                    new Envelope.Condition.None()));
    assertThat(reply).isInstanceOf(Reply.Accepted.class);
  }

  void executed(String step, int attempt, CommitId commit) {
    accept(new RunCommand.ReportExecuted(new StepId(step), attempt, commit, new Change(2, 5, 1)));
  }

  void verified(String step, int attempt, CommitId commit) {
    List<Check> checks =
        Stream.of(CheckName.values())
            .map(check -> new Check(check, Verdict.PASS, "measured"))
            .toList();
    Evidence evidence =
        new Evidence(commit, checks, List.of(), new ContentHash("cd".repeat(32)))
            .scored(
                new Confidence.Scored(
                    100, 100, List.of(), new Confidence.Calibration.Uncalibrated(0, 50)));
    accept(new RunCommand.ReportVerified(new StepId(step), attempt, evidence));
  }

  void failed(String step, int attempt, Failure failure) {
    accept(new RunCommand.ReportAttemptFailed(new StepId(step), attempt, failure));
  }
}
