package dev.capstan.worker;

import dev.capstan.control.records.Artifacts.Artifact;
import dev.capstan.control.story.AttemptStory;
import dev.capstan.control.story.RunStory;
import dev.capstan.control.story.StepStory;
import dev.capstan.core.CommitId;
import dev.capstan.core.evidence.Evidence;
import dev.capstan.core.evidence.Expectations;
import dev.capstan.core.plan.Step;
import dev.capstan.core.plan.Work;
import dev.capstan.core.policy.Policy;
import dev.capstan.core.run.Baseline;
import dev.capstan.core.run.Brief;
import dev.capstan.core.run.Run;
import dev.capstan.verification.attestation.Envelope;
import dev.capstan.verification.attestation.Statement;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a run did, as a signed statement that anybody can check without a server: docs/evidence.md
 * describes it.
 */
public final class EvidenceBundle {
  /** The name of its artifact. */
  public static final String NAME = "evidence.json";

  private final Workshop workshop;
  private final RunStory story;
  private final Brief brief;

  private EvidenceBundle(Workshop workshop, RunStory story) {
    this.workshop = workshop;
    this.story = story;
    this.brief = story.run().brief();
  }

  /** The signed envelope, as JSON; empty before the run has found its base commit. */
  public static Optional<String> of(Workshop workshop, RunStory story) {
    return story.base().map(base -> new EvidenceBundle(workshop, story).write(base));
  }

  private String write(Run.Base base) {
    CommitId tip = story.progress().map(progress -> progress.tip()).orElse(base.commit());
    String statement =
        Statement.write(brief.project() + "@" + Branches.of(brief), tip, predicate(base, tip));
    return Envelope.sign(statement, workshop.signer()).write();
  }

  private Map<String, Object> predicate(Run.Base base, CommitId tip) {
    Map<String, Object> all = new LinkedHashMap<>();
    all.put("capstan", capstan());
    all.put("run", run(tip));
    all.put("base", Map.of("commit", base.commit().value(), "branch", base.branch()));
    story.baseline().ifPresent(baseline -> all.put("baseline", baseline(baseline)));
    all.put("policy", policy(brief.policy().rules()));
    all.put("plan", brief.plan().steps().stream().map(EvidenceBundle::planned).toList());
    all.put("steps", story.steps().stream().map(EvidenceBundle::step).toList());
    story.tipEvidence().ifPresent(evidence -> all.put("branch", EvidenceFacts.of(evidence)));
    all.put("approvals", approvals());
    all.put("sandbox", sandbox());
    all.put("artifacts", artifacts());
    return all;
  }

  private static Map<String, Object> capstan() {
    String version = EvidenceBundle.class.getPackage().getImplementationVersion();
    return Map.of(
        "version", version == null ? "development" : version, "java", Runtime.version().toString());
  }

  private Map<String, Object> run(CommitId tip) {
    return Map.of(
        "id", brief.run().value(),
        "project", brief.project().value(),
        "goal", brief.goal(),
        "status", story.run().status().name(),
        "tip", tip.value(),
        "tree", workshop.git().tree(brief.project(), tip));
  }

  private static Map<String, Object> baseline(Baseline baseline) {
    return Map.of(
        "measurement", baseline.measurement().value(),
        "recipe", baseline.recipe(),
        "summary", baseline.summary());
  }

  private static Map<String, Object> policy(Policy policy) {
    Map<String, Object> values = new LinkedHashMap<>();
    policy
        .entries()
        .forEach((setting, entry) ->
            values.put(
                setting.key(), Map.of("value", entry.value().toString(), "from", entry.from())));
    return Map.of("pack", policy.pack(), "version", policy.version(), "values", values);
  }

  private static Map<String, Object> planned(Step step) {
    Map<String, Object> planned = new LinkedHashMap<>();
    planned.put("id", step.id().value());
    planned.put("kind", step.kind());
    planned.put("title", step.title());
    planned.put("reason", step.reason());
    planned.put("scope", step.scope().globs());
    planned.put("after", step.barrier().steps().stream().map(Object::toString).toList());
    planned.put("engines", step.engines().stream().map(EvidenceBundle::work).toList());
    planned.put("expectations", expectations(step.expectations()));
    return planned;
  }

  private static Map<String, Object> work(Work work) {
    Map<String, Object> files = new LinkedHashMap<>();
    work.files().forEach((name, hash) -> files.put(name, hash.value()));
    return Map.of(
        "engine", work.engine(),
        "argv", work.arguments(),
        "files", files,
        "environment", work.environment(),
        "timeLimitSeconds", work.timeLimit().toSeconds());
  }

  private static Map<String, Object> expectations(Expectations expectations) {
    return Map.of(
        "requiredChecks", expectations.required().stream().map(Enum::name).toList(),
        "minimumTests", expectations.minimumTests(),
        "coverageDropHundredths", expectations.allowedCoverageDrop(),
        "mayChangeNothing", expectations.mayChangeNothing(),
        "approval", expectations.approval().name(),
        "judge", expectations.judge());
  }

  private static Map<String, Object> step(StepStory step) {
    return Map.of(
        "id", step.step().id().value(),
        "status", step.state().status().name(),
        "attempts", step.attempts().stream().map(a -> attempt(step.step(), a)).toList());
  }

  private static Map<String, Object> attempt(Step step, AttemptStory attempt) {
    Work work = step.engines().get(attempt.attempt().engine());
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("number", attempt.attempt().number());
    facts.put("engine", work.engine());
    facts.put("argv", work.arguments());
    facts.put("from", attempt.attempt().from().value());
    facts.put("startedAt", attempt.startedAt().toString());
    facts.put("tookMillis", attempt.took().toMillis());
    facts.put("outcome", attempt.stage().getClass().getSimpleName());
    attempt.commit().ifPresent(commit -> facts.put("commit", commit.value()));
    attempt.failure().ifPresent(failure -> facts.put("failure", failure.message()));
    attempt
        .judged()
        .ifPresent(judged -> facts.put("evidence", EvidenceFacts.of(judged.evidence())));
    return facts;
  }

  /** What people decided, and who they were. */
  private List<Map<String, String>> approvals() {
    return story.decisions().stream()
        .map(decided ->
            Map.of(
                "what", decided.what(),
                "about", decided.about(),
                "comment", decided.comment(),
                "by", decided.by(),
                "at", decided.at().toString()))
        .toList();
  }

  /** Attempts never have a network; what measured the base commit may have had it once. */
  private Map<String, Object> sandbox() {
    return Map.of(
        "kind", "bubblewrap",
        "network", "none",
        "memoryBytes", workshop.limits().memoryBytes(),
        "diskBytes", workshop.limits().diskBytes(),
        "processes", workshop.limits().processes());
  }

  private List<Map<String, Object>> artifacts() {
    return workshop.artifacts().of(brief.run()).stream()
        .filter(artifact -> !artifact.name().equals(NAME))
        .map(EvidenceBundle::artifact)
        .toList();
  }

  private static Map<String, Object> artifact(Artifact artifact) {
    return Map.of(
        "name", artifact.name(),
        "step", artifact.step(),
        "attempt", artifact.attempt(),
        "sha256", artifact.hash().value(),
        "bytes", artifact.bytes());
  }

  /** Evidence as JSON has it. */
  private static final class EvidenceFacts {
    private EvidenceFacts() {}

    static Map<String, Object> of(Evidence evidence) {
      Map<String, Object> facts = new LinkedHashMap<>();
      facts.put("commit", evidence.commit().value());
      facts.put("measurement", evidence.report().value());
      facts.put(
          "checks",
          evidence.checks().stream()
              .map(check ->
                  Map.of(
                      "name", check.name().name(),
                      "verdict", check.verdict().name(),
                      "reason", check.reason()))
              .toList());
      facts.put(
          "violations",
          evidence.violations().stream()
              .map(v ->
                  Map.of(
                      "category", v.category().name(),
                      "subject", v.subject(),
                      "detail", v.detail()))
              .toList());
      facts.put("confidence", evidence.confidence().inWords());
      facts.put(
          "ignored",
          evidence.ignored().stream()
              .map(i ->
                  Map.of("category", i.category().name(), "count", i.count(), "reason", i.reason()))
              .toList());
      return facts;
    }
  }
}
