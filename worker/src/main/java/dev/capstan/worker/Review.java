package dev.capstan.worker;

import dev.capstan.control.LeasedTask;
import dev.capstan.control.records.Artifacts.Artifact;
import dev.capstan.core.ContentHash;
import dev.capstan.core.account.Purpose;
import dev.capstan.core.evidence.Check;
import dev.capstan.core.evidence.CheckName;
import dev.capstan.core.evidence.Evidence;
import dev.capstan.core.evidence.Verdict;
import dev.capstan.core.plan.Step;
import dev.capstan.core.plan.Work;
import dev.capstan.core.run.Attempt;
import dev.capstan.core.run.Task;
import dev.capstan.engines.Engine;
import dev.capstan.engines.Instructions;
import dev.capstan.sandbox.Network;
import dev.capstan.verification.Submission.Changed;
import dev.capstan.verification.review.ReviewCheck;
import dev.capstan.worker.WorkFolders.Folder;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Has the agent called {@value #REVIEWER} look at a change that no check has failed, where policy
 * asks for it. It works in a clone of its own, which is thrown away, and is paid for from what is
 * kept for verification.
 */
final class Review {
  static final String REVIEWER = "reviewer";

  private static final int LONGEST_DIFF = 30_000;
  private static final Duration REVIEW_TIME = Duration.ofMinutes(15);

  private final Workshop workshop;
  private final Journal journal;
  private final LeasedTask leased;

  Review(Workshop workshop, Journal journal, LeasedTask leased) {
    this.workshop = workshop;
    this.journal = journal;
    this.leased = leased;
  }

  /** The evidence with the reviewer's word. */
  Evidence of(Step step, Attempt attempt, Subject subject, Evidence evidence)
      throws IOException, InterruptedException {
    if (!step.expectations().required().contains(CheckName.REVIEW)) {
      return evidence;
    }
    ReviewCheck.Result result = check(step, attempt, subject, evidence);
    return new Evidence(
        evidence.commit(),
        Stream.concat(evidence.checks().stream(), Stream.of(result.check())).toList(),
        Stream.concat(evidence.violations().stream(), result.violations().stream()).toList(),
        evidence.report(),
        evidence.confidence(),
        evidence.ignored());
  }

  private ReviewCheck.Result check(Step step, Attempt attempt, Subject subject, Evidence evidence)
      throws IOException, InterruptedException {
    Engine engine = workshop.engines().get(REVIEWER);
    if (engine == null || workshop.models().isEmpty()) {
      return ReviewCheck.didNotRun(
          "no agent here is called " + REVIEWER + ", or there are no models for it");
    }
    Optional<Check> failed =
        evidence.checks().stream().filter(one -> one.verdict() == Verdict.FAIL).findFirst();
    if (failed.isPresent()) {
      return ReviewCheck.didNotRun("not asked, as " + failed.get().name() + " FAIL");
    }
    String diff =
        workshop.git().diff(leased.project(), subject.from(), subject.commit(), LONGEST_DIFF);
    Work work = new Work(REVIEWER, asked(diff, evidence), Map.of(), List.of(), REVIEW_TIME);
    return switch (perform(engine, step.performedBy(List.of(work)), attempt, subject)) {
      case Engine.Result.Done(var words) -> {
        keep(subject, words);
        yield ReviewCheck.of(words, paths(subject), evidence.checks(), ReviewCheck.added(diff));
      }
      case Engine.Result.Failed(var failure) -> ReviewCheck.didNotRun(failure.message());
      case Engine.Result.Asks(var question) -> ReviewCheck.didNotRun("it asks: " + question);
      case Engine.Result.Stopped _ -> throw new InterruptedException();
    };
  }

  private List<String> asked(String diff, Evidence evidence) {
    String checks =
        evidence.checks().stream()
            .map(check -> check.name() + " " + check.verdict() + ": " + check.reason())
            .collect(Collectors.joining("\n"));
    return List.of("role=" + REVIEWER, "What was measured:\n" + checks, "The change:\n" + diff);
  }

  private Engine.Result perform(Engine engine, Step step, Attempt attempt, Subject subject)
      throws IOException, InterruptedException {
    Attempt first = new Attempt(attempt.number(), 0, subject.from());
    Task.Execute task = new Task.Execute(step, first);
    EngineJobs jobs = new EngineJobs(workshop, leased, task, new Instructions(List.of()));
    try (Folder folder = workshop.folders().open(leased, subject.commit(), REVIEWER);
        ModelDoor.Opened models =
            workshop
                .models()
                .orElseThrow()
                .open(
                    leased,
                    subject.step(),
                    subject.attempt(),
                    Purpose.VERIFICATION,
                    engine.prompt(jobs.work()),
                    WithheldFiles.of(
                        folder, workshop.git().paths(leased.project(), subject.commit())))) {
      journal.note("the agent " + REVIEWER + " looks at the change");
      return engine.perform(
          jobs.of(
              folder,
              Optional.empty(),
              Network.NONE,
              Optional.of(models.access()),
              Optional.empty(),
              () -> {}),
          journal);
    }
  }

  private List<String> paths(Subject subject) {
    return Verification.changes(workshop.git(), leased.project(), subject.from(), subject.commit())
        .stream()
        .map(Changed::path)
        .toList();
  }

  private void keep(Subject subject, String words) throws IOException {
    ContentHash hash = workshop.store().keep(words);
    workshop
        .artifacts()
        .add(
            new Artifact(
                leased.run(),
                subject.step(),
                subject.attempt(),
                "review.txt",
                hash,
                workshop.store().size(hash)));
  }
}
