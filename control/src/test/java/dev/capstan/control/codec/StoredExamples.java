package dev.capstan.control.codec;

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
import dev.capstan.core.evidence.Ignored;
import dev.capstan.core.evidence.Response;
import dev.capstan.core.evidence.Responses;
import dev.capstan.core.evidence.Rules;
import dev.capstan.core.evidence.Verdict;
import dev.capstan.core.evidence.Violation;
import dev.capstan.core.plan.Barrier;
import dev.capstan.core.plan.Injection;
import dev.capstan.core.plan.Patience;
import dev.capstan.core.plan.Plan;
import dev.capstan.core.plan.Scope;
import dev.capstan.core.plan.Step;
import dev.capstan.core.plan.Work;
import dev.capstan.core.policy.Layer;
import dev.capstan.core.policy.Policy;
import dev.capstan.core.policy.Setting;
import dev.capstan.core.policy.Shape;
import dev.capstan.core.policy.Value;
import dev.capstan.core.run.Attempt;
import dev.capstan.core.run.Baseline;
import dev.capstan.core.run.Beginning;
import dev.capstan.core.run.Brief;
import dev.capstan.core.run.Change;
import dev.capstan.core.run.CiReport;
import dev.capstan.core.run.Exchange;
import dev.capstan.core.run.Failure;
import dev.capstan.core.run.Origin;
import dev.capstan.core.run.PullRequest;
import dev.capstan.core.run.Reached;
import dev.capstan.core.run.RetryPolicy;
import dev.capstan.core.run.Run;
import dev.capstan.core.run.RunEvent;
import dev.capstan.core.run.RunPolicy;
import dev.capstan.core.run.Task;
import dev.capstan.core.run.Timer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * One value of every stored type, with every component filled and every constant of the enums
 * named, by the name of its golden file.
 */
final class StoredExamples {
  private static final Instant AT = Instant.parse("2026-11-21T10:00:00.123456Z");
  private static final StepId ONE = new StepId("one");
  private static final StepId TWO = new StepId("two");
  private static final CommitId COMMIT = new CommitId("c0ffee".repeat(6) + "0000");
  private static final ContentHash HASH = new ContentHash("ab".repeat(32));
  private static final Run.Base BASE = new Run.Base(COMMIT, "main");
  private static final Baseline BASELINE = new Baseline(HASH, "recipe", "12 tests passed");
  private static final Attempt ATTEMPT =
      new Attempt(
          2,
          1,
          COMMIT,
          List.of(new Violation(Violation.Category.LINT, "A.java", "a warning")),
          List.of(new Exchange("which one?", "the first")),
          List.of("keep the old name"),
          new Beginning.Left(COMMIT));
  private static final PullRequest PULL_REQUEST =
      new PullRequest(7, "local:7", "capstan/tidy-up-run-1");

  private StoredExamples() {}

  static SequencedMap<String, RunEvent> events() {
    SequencedMap<String, RunEvent> all = new LinkedHashMap<>();
    add(all, new RunEvent.Created(brief()));
    add(
        all,
        new RunEvent.Forked(
            new Origin(new RunId("run-0"), 12),
            new Reached.Work(
                BASE,
                BASELINE,
                COMMIT,
                List.of(new Reached.Joined(ONE, COMMIT, 0)),
                Map.of(TWO, "not needed"))));
    all.put(
        "run-forked.v1.nothing",
        new RunEvent.Forked(new Origin(new RunId("run-0"), 1), new Reached.Nothing()));
    add(all, new RunEvent.Started());
    add(all, new RunEvent.Prepared(BASE));
    add(all, new RunEvent.PolicyTightened(new Layer("repository", values())));
    add(all, new RunEvent.BaselineMeasured(BASELINE));
    add(all, new RunEvent.PlanApproved("good"));
    add(all, new RunEvent.DeliveryStarted());
    add(all, new RunEvent.TaskFailed(failure(Failure.Kind.TERMINAL), AT));
    add(all, new RunEvent.Blocked("a person is needed"));
    add(all, new RunEvent.Unblocked());
    add(all, new RunEvent.Paused("lunch"));
    add(all, new RunEvent.Halted(Run.Hold.HALT, "on fire"));
    all.put("run-halted.v1.budget", new RunEvent.Halted(Run.Hold.BUDGET, "no money"));
    all.put("run-halted.v1.above", new RunEvent.Halted(Run.Hold.HALT_ABOVE, "on fire"));
    add(all, new RunEvent.Resumed());
    add(
        all,
        new RunEvent.Completed(new Run.Outcome.Delivered(List.of(PULL_REQUEST, PULL_REQUEST))));
    all.put(
        "run-completed.v2.nothing-to-deliver",
        new RunEvent.Completed(new Run.Outcome.NothingToDeliver()));
    add(all, new RunEvent.Failed("\"no\" \\ \u00fc \u0000 \ud83d\ude00"));
    add(all, new RunEvent.Cancelled("the plan was rejected"));
    add(all, new RunEvent.CiReported(ci(CiReport.Conclusion.FAILED), true));
    for (CiReport.Conclusion conclusion : CiReport.Conclusion.values()) {
      all.put(
          "ci-reported.v1." + conclusion.name().toLowerCase(Locale.ROOT),
          new RunEvent.CiReported(ci(conclusion), false));
    }
    add(all, new RunEvent.Merged("capstan/tidy-up-run-1", COMMIT));
    steps(all);
    branch(all);
    return all;
  }

  private static CiReport ci(CiReport.Conclusion conclusion) {
    return new CiReport(
        COMMIT, "workflow: build", conclusion, "https://ci.example/1", "12 tests, 1 failed", AT);
  }

  private static void steps(SequencedMap<String, RunEvent> all) {
    add(all, new RunEvent.StepStarted(ONE, ATTEMPT, AT));
    add(all, new RunEvent.AttemptExecuted(ONE, COMMIT, new Change(1, 10, 2)));
    add(all, new RunEvent.AttemptVerified(ONE, evidence()));
    add(
        all,
        new RunEvent.AttemptFailed(
            ONE, 2, failure(Failure.Kind.RECOVERABLE), 1, new Response.Fix()));
    add(all, new RunEvent.QaRequested(ONE, evidence(), List.of("TESTS DID_NOT_RUN", "asked")));
    add(all, new RunEvent.GateShut(ONE, evidence()));
    add(all, new RunEvent.VerificationRepeated(ONE));
    add(all, new RunEvent.Instructed(ONE, "keep the old name"));
    add(all, new RunEvent.Rewound(ONE, List.of(ONE, TWO), COMMIT, "with the new library"));
    add(all, new RunEvent.QaApproved(ONE, "good"));
    add(all, new RunEvent.StepCompleted(ONE, COMMIT));
    add(all, new RunEvent.StepBlocked(ONE, "no try is left"));
    add(all, new RunEvent.StepFailed(ONE, "no try is left"));
    add(all, new RunEvent.StepSkipped(ONE, "not needed"));
    add(all, new RunEvent.StepReopened(ONE));
    add(all, new RunEvent.StepContinued(ONE, 1, COMMIT));
    add(all, new RunEvent.QuestionAsked(ONE, 2, "which one?"));
    add(all, new RunEvent.QuestionAnswered(ONE, "the first"));
    add(all, new RunEvent.StopSet(ONE, true));
    add(all, new RunEvent.StopReached(ONE));
    add(all, injected(new Injection.Place.InsteadOfTheRest(), TWO));
    all.put("steps-injected.v1.before", injected(new Injection.Place.Before(TWO)));
    all.put("steps-injected.v1.after", injected(new Injection.Place.After(TWO)));
    all.put("steps-injected.v1.by-priority", injected(new Injection.Place.ByPriority()));
  }

  private static RunEvent injected(Injection.Place place, StepId... givenUp) {
    return new RunEvent.StepsInjected(
        new Injection(List.of(first(), second()), place), List.of(givenUp));
  }

  private static void branch(SequencedMap<String, RunEvent> all) {
    add(all, new RunEvent.IntegrationStarted(List.of(TWO, ONE)));
    add(all, new RunEvent.Integrated(COMMIT, List.of(TWO, ONE)));
    add(all, new RunEvent.TipVerificationStarted());
    add(all, new RunEvent.TipVerified(evidence()));
    add(all, new RunEvent.TipHeld(evidence(), "coverage dropped", true));
    add(all, new RunEvent.TipApproved("good"));
  }

  static SequencedMap<String, Task> tasks() {
    SequencedMap<String, Task> all = new LinkedHashMap<>();
    add(all, new Task.Prepare("release/1"));
    add(all, new Task.MeasureBaseline(COMMIT));
    add(all, new Task.Execute(first(), ATTEMPT));
    add(all, new Task.Verify(second(), ATTEMPT, COMMIT, BASE, BASELINE));
    add(
        all,
        new Task.Integrate(
            COMMIT,
            List.of(
                new Task.Integrate.Contribution(TWO, COMMIT),
                new Task.Integrate.Contribution(ONE, COMMIT))));
    add(all, new Task.VerifyTip(COMMIT, BASE, BASELINE, plan().together()));
    add(all, new Task.Deliver(COMMIT, BASE));
    add(all, new Task.Wake(new Timer.RunLimit()));
    all.put("task.wake.barrier-limit", new Task.Wake(new Timer.BarrierLimit(TWO)));
    return all;
  }

  private static void add(Map<String, RunEvent> all, RunEvent event) {
    all.put(EventCodec.name(event), event);
  }

  private static void add(Map<String, Task> all, Task task) {
    all.put("task." + TaskCodec.name(task), task);
  }

  // ---- what they are made of

  static Plan plan() {
    return new Plan(List.of(first(), second(), third()));
  }

  static Brief brief() {
    return new Brief(
        new RunId("run-1"),
        new ProjectId("shop"),
        "tidy up",
        "release/1",
        plan(),
        new RunPolicy(
            RunPolicy.PlanApproval.PERSON,
            3,
            Map.of(
                "upgrade", retry(1, RetryPolicy.Exhausted.FAIL),
                "refactor", retry(4, RetryPolicy.Exhausted.BLOCK)),
            retry(2, RetryPolicy.Exhausted.BLOCK),
            50,
            new Patience.AtMost(Duration.ofHours(24)),
            RunPolicy.PartialCompletion.ALLOWED,
            new Policy("strict", 1, entries())),
        Set.of(TWO));
  }

  private static Map<Setting, Policy.Entry> entries() {
    Map<Setting, Policy.Entry> entries = new EnumMap<>(Setting.class);
    values()
        .forEach((setting, value) ->
            entries.put(
                setting, new Policy.Entry(value, "pack strict version 1", List.of("repository"))));
    return entries;
  }

  private static Map<Setting, Value> values() {
    Map<Setting, Value> values = new EnumMap<>(Setting.class);
    for (Setting setting : Setting.values()) {
      values.put(
          setting,
          switch (setting.shape()) {
            case Shape.UpTo(var most) -> new Value.Quantity(most);
            case Shape.Whole(var least, _, _) -> new Value.Quantity(least);
            case Shape.Hundredths _ -> new Value.Quantity(10);
            case Shape.Checks _ -> new Value.Names(List.of("BUILD"));
            case Shape.Texts _ -> new Value.Names(List.of("LICENSE"));
            case Shape.Allowed _ -> new Value.Names(List.of("any"));
            case Shape.OneOf(var words) -> new Value.Word(words.getFirst());
            case Shape.Actions _ ->
                new Value.Actions(
                    new TreeMap<>(
                        Map.of(
                            "lint", new Response.Ignore("it goes"),
                            "secret", new Response.Block(),
                            "testFailed", new Response.Escalate(),
                            "build", new Response.Retry(),
                            "otherwise", new Response.Fix())));
          });
    }
    return values;
  }

  private static RetryPolicy retry(int attempts, RetryPolicy.Exhausted exhausted) {
    return new RetryPolicy(attempts, Duration.ofMillis(1500), Duration.ofMinutes(1), exhausted);
  }

  private static Step first() {
    Work command =
        new Work(
            "command",
            List.of("sed", "-i", "s/a/b/"),
            Map.of("b.txt", HASH, "a.txt", HASH),
            List.of("PATH", "LANG"),
            Duration.ofMinutes(30));
    return step(ONE, command, new Barrier.All(List.of()), new Patience.Unlimited());
  }

  private static Step second() {
    return step(
        TWO,
        new Work("recipe", List.of(), Map.of(), List.of(), Duration.ofSeconds(90)),
        new Barrier.AtLeast(1, List.of(ONE)),
        new Patience.AtMost(Duration.ofMinutes(5)));
  }

  private static Step third() {
    return step(
        new StepId("three"),
        new Work("agent", List.of(), Map.of(), List.of(), Duration.ofSeconds(90)),
        new Barrier.All(List.of(ONE, TWO)),
        new Patience.Unlimited());
  }

  private static Step step(StepId id, Work work, Barrier barrier, Patience patience) {
    return new Step(
        id,
        "refactor",
        "Rename a to b",
        "a test wants it",
        new Scope(List.of("src/**", "pom.xml")),
        List.of(work),
        barrier,
        patience,
        5,
        new Expectations(
            EnumSet.allOf(CheckName.class),
            1,
            10,
            true,
            Expectations.Approval.ALWAYS,
            List.of("src/test/**"),
            new Rules(
                List.of("LICENSE"),
                8_000,
                90,
                List.of("GPL-3.0-only"),
                Set.of(CheckName.MUTATION),
                new Responses(
                    Map.of(Violation.Category.LINT, new Response.Ignore("it goes")),
                    Map.of(CheckName.BUILD, new Response.Retry()),
                    new Response.Fix()),
                new Rules.Size(100, 2_000))));
  }

  private static Evidence evidence() {
    List<Check> checks = new ArrayList<>();
    for (CheckName name : CheckName.values()) {
      for (Verdict verdict : Verdict.values()) {
        checks.add(new Check(name, verdict, "12 before, 12 after"));
      }
    }
    return new Evidence(
        COMMIT,
        checks,
        violations(),
        HASH,
        new Confidence.Scored(
            80,
            82,
            List.of(new Confidence.Part("tests", 100, 40, "12 of 12")),
            new Confidence.Calibration.Calibrated(1_800, 20, 60)),
        List.of(new Ignored(Violation.Category.LINT, 1, "it goes")));
  }

  private static List<Violation> violations() {
    return Arrays.stream(Violation.Category.values())
        .map(category -> new Violation(category, "src/A.java", "expected 1, found 2"))
        .toList();
  }

  private static Failure failure(Failure.Kind kind) {
    return new Failure(kind, "the build failed", violations());
  }

  /** Names that were stored once and may stand in a store for ever. */
  static Set<String> names() {
    Set<String> names = new TreeSet<>(events().keySet());
    names.addAll(tasks().keySet());
    return names;
  }
}
