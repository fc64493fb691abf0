package dev.capstan.postgres.testing;

import dev.capstan.control.CommandLoop;
import dev.capstan.control.Envelope;
import dev.capstan.control.Lease;
import dev.capstan.control.LeasedTask;
import dev.capstan.control.Reply;
import dev.capstan.control.records.Projects.Project;
import dev.capstan.core.Actor;
import dev.capstan.core.CommitId;
import dev.capstan.core.ContentHash;
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
import dev.capstan.core.run.Baseline;
import dev.capstan.core.run.Brief;
import dev.capstan.core.run.Run;
import dev.capstan.core.run.RunCommand;
import dev.capstan.core.run.RunPolicy;
import dev.capstan.postgres.records.PostgresProjects;
import dev.capstan.postgres.runs.Interventions;
import dev.capstan.postgres.runs.PostgresEventStore;
import dev.capstan.postgres.runs.Signal;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Small runs on a real database: one process's store and loop. Steps change folders of their own,
 * so {@code parallelSteps} of them go side by side.
 */
public final class TestRuns implements AutoCloseable {
  public static final CommitId BASE = new CommitId("c0".repeat(20));
  public static final RunCommand PREPARED =
      new RunCommand.ReportPrepared(new Run.Base(BASE, "main"));
  public static final RunCommand MEASURED =
      new RunCommand.ReportBaseline(
          new Baseline(new ContentHash("ab".repeat(32)), "recipe", "12 tests passed"));

  private static final Actor ANN = new Actor("ann");

  private final TestDatabase database;
  private final Signal signal = new Signal();
  private final Interventions interventions;
  private final PostgresEventStore store;
  private final CommandLoop loop;

  public TestRuns(TestDatabase database) {
    this.database = database;
    this.interventions = new Interventions(database.transactions(), signal);
    this.store = new PostgresEventStore(database.transactions(), signal, interventions);
    this.loop = new CommandLoop(store, InstantSource.system(), 2);
  }

  public PostgresEventStore store() {
    return store;
  }

  public CommandLoop loop() {
    return loop;
  }

  public Signal signal() {
    return signal;
  }

  public Interventions interventions() {
    return interventions;
  }

  public void project(String id, int slots) {
    new PostgresProjects(database.transactions())
        .register(new Project(new ProjectId(id), "/sources/" + id, slots));
  }

  public Reply send(String run, RunCommand command) {
    return loop.handle(envelope(run, command, new Envelope.Condition.None()));
  }

  /** Sends a command that must be accepted; returns the run's version. */
  public long accept(String run, RunCommand command) {
    return version(send(run, command));
  }

  public Reply report(LeasedTask task, RunCommand command) {
    return report(task.run(), task.lease(), command);
  }

  public Reply report(RunId run, Lease lease, RunCommand command) {
    return loop.handle(envelope(run.value(), command, new Envelope.Condition.Holding(lease)));
  }

  /** Creates and starts a run, so that its first task waits for a slot. */
  public void start(Brief brief) {
    accept(brief.run().value(), new RunCommand.Create(brief));
    accept(brief.run().value(), new RunCommand.Start());
  }

  /** A run whose steps are under way, by reports that no task was leased for. */
  public void work(Brief brief) {
    start(brief);
    accept(brief.run().value(), PREPARED);
    accept(brief.run().value(), MEASURED);
    Statements.execute(
        database.transactions(), "delete from task where key in ('prepare', 'baseline')");
  }

  private static long version(Reply reply) {
    if (reply instanceof Reply.Accepted(var version)) {
      return version;
    }
    throw new AssertionError("not accepted: " + reply);
  }

  public static Envelope envelope(String run, RunCommand command, Envelope.Condition condition) {
    return new Envelope(new RunId(run), command, ANN, "request-1", "test", condition);
  }

  public static Brief brief(String run, String project, Step... steps) {
    return brief(run, project, new Patience.Unlimited(), steps);
  }

  public static Brief brief(String run, String project, Patience patience, Step... steps) {
    RunPolicy usual = RunPolicy.DEFAULT;
    RunPolicy policy =
        new RunPolicy(
            usual.planApproval(),
            4,
            usual.retries(),
            usual.retry(),
            usual.failedAttempts(),
            patience,
            usual.partial(),
            usual.rules());
    return new Brief(
        new RunId(run), new ProjectId(project), "tidy up", "", new Plan(List.of(steps)), policy);
  }

  public static Step[] steps(String... ids) {
    return Stream.of(ids).map(id -> step(id, 0)).toArray(Step[]::new);
  }

  public static Step step(String id, int priority) {
    return new Step(
        new StepId(id),
        "refactor",
        "Change " + id,
        "a test wants it",
        new Scope(List.of(id + "/**")),
        List.of(new Work("command", List.of("true"), Map.of(), List.of(), Duration.ofMinutes(30))),
        new Barrier.All(List.of()),
        new Patience.Unlimited(),
        priority,
        Expectations.DEFAULT);
  }

  @Override
  public void close() {
    loop.close();
  }
}
