package dev.capstan.control;

import dev.capstan.core.Actor;
import dev.capstan.core.CommitId;
import dev.capstan.core.ProjectId;
import dev.capstan.core.RunId;
import dev.capstan.core.StepId;
import dev.capstan.core.evidence.Expectations;
import dev.capstan.core.plan.Barrier;
import dev.capstan.core.plan.Patience;
import dev.capstan.core.plan.Plan;
import dev.capstan.core.plan.Scope;
import dev.capstan.core.plan.Step;
import dev.capstan.core.plan.Work;
import dev.capstan.core.run.Brief;
import dev.capstan.core.run.Run;
import dev.capstan.core.run.RunCommand;
import dev.capstan.core.run.RunPolicy;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Commands to small runs. */
final class Commands {
  static final Instant NOW = Instant.parse("2026-11-21T10:00:00Z");
  static final Actor ANN = new Actor("ann");
  static final RunCommand START = new RunCommand.Start();
  static final RunCommand PREPARED =
      new RunCommand.ReportPrepared(new Run.Base(new CommitId("c0".repeat(20)), "main"));

  private Commands() {}

  static Envelope to(String run, RunCommand command) {
    return to(run, command, new Envelope.Condition.None());
  }

  static Envelope to(String run, RunCommand command, Envelope.Condition condition) {
    return new Envelope(new RunId(run), command, ANN, "request-1", "test", condition);
  }

  static Envelope create(String run) {
    return to(run, new RunCommand.Create(brief(run, RunPolicy.DEFAULT, "a")));
  }

  /** A run that can be created, but whose time limit ends after the end of time. */
  static Envelope createEndless(String run) {
    return to(run, new RunCommand.Create(brief(run, patience(Long.MAX_VALUE), "a")));
  }

  static Brief brief(String run, RunPolicy policy, String... steps) {
    return new Brief(
        new RunId(run),
        new ProjectId("shop"),
        "tidy up",
        "",
        new Plan(Stream.of(steps).map(Commands::step).toList()),
        policy);
  }

  private static RunPolicy patience(long seconds) {
    RunPolicy usual = RunPolicy.DEFAULT;
    return new RunPolicy(
        usual.planApproval(),
        usual.parallelSteps(),
        usual.retries(),
        usual.retry(),
        usual.failedAttempts(),
        new Patience.AtMost(Duration.ofSeconds(seconds)),
        usual.partial(),
        usual.rules());
  }

  /** Changes its own folder only, so steps go side by side. */
  private static Step step(String id) {
    return new Step(
        new StepId(id),
        "refactor",
        "Change " + id,
        "a test wants it",
        new Scope(List.of(id + "/**")),
        List.of(new Work("command", List.of("true"), Map.of(), List.of(), Work.DEFAULT_TIME_LIMIT)),
        new Barrier.All(List.of()),
        new Patience.Unlimited(),
        0,
        Expectations.DEFAULT);
  }
}
