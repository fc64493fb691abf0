package dev.capstan.server.rest;

import dev.capstan.api.CreateRun.EngineDocument;
import dev.capstan.api.CreateRun.PlanDocument;
import dev.capstan.api.CreateRun.StepDocument;
import dev.capstan.core.ContentHash;
import dev.capstan.core.StepId;
import dev.capstan.core.evidence.CheckName;
import dev.capstan.core.evidence.Expectations;
import dev.capstan.core.plan.Barrier;
import dev.capstan.core.plan.Patience;
import dev.capstan.core.plan.Plan;
import dev.capstan.core.plan.Scope;
import dev.capstan.core.plan.Step;
import dev.capstan.core.plan.Work;
import dev.capstan.core.run.Brief;
import dev.capstan.core.run.RetryPolicy;
import dev.capstan.core.run.RunPolicy;
import java.time.Duration;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** The plan that people write, as the core wants it. */
final class PlanDocuments {
  private PlanDocuments() {}

  static Plan plan(PlanDocument document) {
    return new Plan(document.steps().stream().map(PlanDocuments::step).toList());
  }

  /**
   * Tries can be set for each step; the core keeps them by kind, so steps of one kind must agree.
   */
  static Map<String, RetryPolicy> retries(PlanDocument document) {
    RetryPolicy standard = RunPolicy.DEFAULT.retry();
    return document.steps().stream()
        .filter(step -> step.attempts() > 0)
        .collect(
            Collectors.toMap(
                PlanDocuments::kind,
                step ->
                    new RetryPolicy(
                        step.attempts(),
                        standard.firstDelay(),
                        standard.longestDelay(),
                        standard.exhausted()),
                (one, other) -> {
                  if (!one.equals(other)) {
                    throw new IllegalArgumentException(
                        "steps of one kind must have the same number of attempts; give them different kinds");
                  }
                  return one;
                }));
  }

  /** The steps after which the run pauses. */
  static Set<StepId> stops(PlanDocument document) {
    return document.steps().stream()
        .filter(StepDocument::stop)
        .map(step -> new StepId(step.id()))
        .collect(Collectors.toSet());
  }

  private static Step step(StepDocument step) {
    try {
      return new Step(
          new StepId(step.id()),
          kind(step),
          step.title().isBlank() ? step.id() : oneLine(step.title()),
          step.reason(),
          new Scope(step.scope().stream().map(PlanDocuments::glob).toList()),
          step.engines().stream().map(engine -> work(step, engine)).toList(),
          barrier(step),
          step.waitLimitSeconds() > 0
              ? new Patience.AtMost(Duration.ofSeconds(step.waitLimitSeconds()))
              : new Patience.Unlimited(),
          step.priority(),
          expectations(step));
    } catch (IllegalArgumentException wrong) {
      throw new IllegalArgumentException(
          "step \"" + step.id() + "\": " + wrong.getMessage(), wrong);
    }
  }

  /** The plan of a run as people would write it. */
  static PlanDocument document(Brief brief) {
    return new PlanDocument(
        brief.plan().steps().stream().map(step -> document(brief, step)).toList());
  }

  private static StepDocument document(Brief brief, Step step) {
    Expectations expected = step.expectations();
    Work first = step.engines().getFirst();
    Map<String, String> files = new HashMap<>();
    first.files().forEach((name, hash) -> files.put(name, hash.value()));
    return new StepDocument(
        step.id().value(),
        step.kind(),
        step.title(),
        step.reason(),
        step.engines().stream()
            .map(work -> new EngineDocument(work.engine(), work.arguments()))
            .toList(),
        step.barrier().steps().stream().map(StepId::value).toList(),
        step.barrier() instanceof Barrier.AtLeast(var needed, _) ? needed : 0,
        step.scope().globs(),
        expected.judge(),
        files,
        first.environment(),
        first.timeLimit().toSeconds(),
        step.patience() instanceof Patience.AtMost(var limit) ? limit.toSeconds() : 0,
        step.priority(),
        attempts(brief, step),
        expected.minimumTests(),
        expected.mayChangeNothing(),
        expected.approval() == Expectations.Approval.ALWAYS,
        brief.stops().contains(step.id()));
  }

  private static int attempts(Brief brief, Step step) {
    RetryPolicy retry = brief.policy().retries().get(step.kind());
    return retry == null ? 0 : retry.attempts();
  }

  static String kind(StepDocument step) {
    return step.kind().isBlank() ? "change" : step.kind();
  }

  private static String oneLine(String title) {
    return title.strip().lines().findFirst().orElse("");
  }

  /** A folder means everything below it. */
  private static String glob(String glob) {
    return glob.endsWith("/") ? glob + "**" : glob;
  }

  private static Work work(StepDocument step, EngineDocument engine) {
    Duration limit =
        step.timeLimitSeconds() > 0
            ? Duration.ofSeconds(step.timeLimitSeconds())
            : Work.DEFAULT_TIME_LIMIT;
    return new Work(engine.engine(), engine.arguments(), files(step), step.environment(), limit);
  }

  private static Map<String, ContentHash> files(StepDocument step) {
    Map<String, ContentHash> files = new HashMap<>();
    step.files().forEach((name, hash) -> files.put(fileName(name), new ContentHash(hash)));
    return files;
  }

  private static String fileName(String name) {
    if (!name.matches("[A-Za-z0-9_][A-Za-z0-9._-]{0,99}")) {
      throw new IllegalArgumentException(
          "a file is sent along under a plain name, not as \"" + name + '"');
    }
    return name;
  }

  private static Barrier barrier(StepDocument step) {
    List<StepId> after = step.after().stream().map(StepId::new).toList();
    return step.needed() > 0 ? new Barrier.AtLeast(step.needed(), after) : new Barrier.All(after);
  }

  /** A plan says nothing of coverage, so policy decides. */
  private static final int LOOSEST_DROP = 10_000;

  private static Expectations expectations(StepDocument step) {
    Expectations standard = Expectations.DEFAULT;
    Set<CheckName> required = EnumSet.noneOf(CheckName.class); // what policy requires comes on top
    return new Expectations(
        required,
        step.minimumTests(),
        LOOSEST_DROP,
        step.mayChangeNothing(),
        step.approval() ? Expectations.Approval.ALWAYS : Expectations.Approval.WHEN_UNSETTLED,
        step.judge().stream().map(PlanDocuments::glob).toList(),
        standard.rules());
  }
}
