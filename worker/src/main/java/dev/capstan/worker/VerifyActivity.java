package dev.capstan.worker;

import dev.capstan.control.LeasedTask;
import dev.capstan.control.records.Artifacts.Artifact;
import dev.capstan.core.CommitId;
import dev.capstan.core.ContentHash;
import dev.capstan.core.evidence.Evidence;
import dev.capstan.core.evidence.Expectations;
import dev.capstan.core.plan.Scope;
import dev.capstan.core.run.Baseline;
import dev.capstan.core.run.RunCommand;
import dev.capstan.core.run.Task;
import dev.capstan.verification.Consulted;
import dev.capstan.verification.Judge;
import dev.capstan.verification.Judge.Judgement;
import dev.capstan.verification.Measurement;
import dev.capstan.verification.MeasurementCodec;
import dev.capstan.verification.Mutation;
import dev.capstan.verification.MutationQuestion;
import dev.capstan.verification.MutationRun;
import dev.capstan.verification.Submission;
import dev.capstan.verification.Submission.Changed;
import dev.capstan.worker.WorkFolders.Folder;
import dev.capstan.workspace.git.GitStore.FileChange;
import dev.capstan.workspace.toolchain.Pit;
import dev.capstan.workspace.toolchain.Toolchain;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * Measures a commit and compares it with the base commit, case by case. What judges is measured as
 * it was before the change, but for what the step declared. What passed before and does not now is
 * measured again on the base, in the same sandbox, before anybody is blamed.
 */
final class VerifyActivity {
  /** Each step's own gate has asked for its binary files by name. */
  private static final Scope EVERY_FILE = new Scope(List.of("**/*"));

  /** The tests as they were are asked first; only the step's own can be compared. */
  private static final MutationQuestion LATER =
      new MutationQuestion.NotAsked("the tests as they were before the step do not pass");

  private final Workshop workshop;
  private final Journal journal;

  VerifyActivity(Workshop workshop, Journal journal) {
    this.workshop = workshop;
    this.journal = journal;
  }

  RunCommand perform(LeasedTask leased, Task.Verify task) throws IOException, InterruptedException {
    Subject subject =
        new Subject(
            task.commit(),
            task.attempt().from(),
            task.base().commit(),
            task.baseline(),
            task.step().scope(),
            task.step().expectations());
    Evidence measured = verify(leased, subject, task.step().id().value(), task.attempt().number());
    String engine = task.step().engines().get(task.attempt().engine()).engine();
    Evidence evidence =
        new Appraisal(workshop, leased)
            .of(measured, subject.base(), subject.expectations(), task.step().kind(), engine);
    return new RunCommand.ReportVerified(task.step().id(), task.attempt().number(), evidence);
  }

  RunCommand perform(LeasedTask leased, Task.VerifyTip task)
      throws IOException, InterruptedException {
    CommitId base = task.base().commit();
    Subject subject =
        new Subject(task.tip(), base, base, task.baseline(), EVERY_FILE, task.expectations());
    Evidence measured = verify(leased, subject, "", 0);
    return new RunCommand.ReportTipVerified(
        new Appraisal(workshop, leased).of(measured, base, task.expectations(), "", ""));
  }

  /** What is judged: a commit, made from another, compared with the run's base. */
  private record Subject(
      CommitId commit,
      CommitId from,
      CommitId base,
      Baseline baseline,
      Scope scope,
      Expectations expectations) {}

  private Evidence verify(LeasedTask leased, Subject subject, String step, int attempt)
      throws IOException, InterruptedException {
    List<Changed> changes = changes(leased, subject);
    FrozenTrees trees =
        FrozenTrees.of(
            workshop, leased, subject.from(), subject.commit(), changes, subject.expectations());
    trees.note(journal);
    CommitSources sourcesBefore =
        new CommitSources(workshop.git(), leased.project(), subject.from());
    CommitSources sourcesNow =
        new CommitSources(workshop.git(), leased.project(), subject.commit());
    MutationQuestion question =
        MutationQuestion.of(changes, subject.expectations(), sourcesBefore, sourcesNow);
    Measured frozen = measure(leased, subject, trees.frozen(), trees.needsOwn() ? LATER : question);
    Measurement before = before(leased, subject, frozen.recipe());
    Measured after =
        trees.needsOwn() && Judge.suspects(before, frozen.measurement()).isEmpty()
            ? measure(leased, subject, trees.own(), question)
            : frozen;
    ContentHash report = keep(leased, step, attempt, after.measurement());
    Optional<Measurement> again = again(leased, subject, before, after.measurement());
    Judgement judgement =
        Judge.judge(
            new Submission(
                before,
                after.measurement(),
                changes,
                subject.scope(),
                subject.expectations(),
                sourcesBefore,
                sourcesNow),
            again,
            new Consulted(
                new CachedLicences(workshop.caches().folder(leased.project())),
                mutation(leased, subject, question, after.mutants()),
                new SecretPrograms(workshop, leased).scan(changes, subject.commit())));
    if (after.commit().equals(subject.commit())) {
      Baseline own = new Baseline(report, after.recipe().hash(), after.measurement().summary());
      workshop.baselines().keep(leased.project(), subject.commit(), own);
    }
    return new Evidence(subject.commit(), judgement.checks(), judgement.violations(), report);
  }

  /** What was measured of a tree that may be put together from two commits. */
  private record Measured(
      CommitId commit, Recipe recipe, Measurement measurement, MutationRun mutants) {}

  private Measured measure(
      LeasedTask leased, Subject subject, CommitId commit, MutationQuestion question)
      throws IOException, InterruptedException {
    try (Folder folder = workshop.folders().open(leased, commit, "verify")) {
      Measurer measurer = new Measurer(workshop, journal, leased);
      Recipe recipe = measurer.recipe(folder);
      Trust trust = trust(leased, subject.base(), subject.commit());
      Measurement measurement = measurer.measure(folder, recipe, trust);
      MutationRun mutants =
          switch (question) {
            case MutationQuestion.NotAsked(var reason) -> new MutationRun.NotMeasured(reason);
            case MutationQuestion.Asked asked ->
                mutants(leased, subject, asked).measure(folder, recipe.toolchain(), measurement);
          };
      return new Measured(commit, recipe, measurement, mutants);
    }
  }

  /** With the version of PIT that the project named before the change. */
  private Mutants mutants(LeasedTask leased, Subject subject, MutationQuestion.Asked asked) {
    Optional<String> pom =
        new CommitSources(workshop.git(), leased.project(), subject.from()).text("pom.xml");
    return new Mutants(workshop, journal, leased, asked, Pit.of(pom));
  }

  /** Measures what was there before as well, if there is something to compare. */
  private Mutation mutation(
      LeasedTask leased, Subject subject, MutationQuestion question, MutationRun now)
      throws IOException, InterruptedException {
    return switch (question) {
      case MutationQuestion.NotAsked(var reason) -> Mutation.notAsked(reason);
      case MutationQuestion.Asked _ when now instanceof MutationRun.NotMeasured(var reason) ->
          Mutation.unanswered(question, reason);
      case MutationQuestion.Asked asked
          when asked
              .known(new CommitSources(workshop.git(), leased.project(), subject.from()))
              .isEmpty() ->
          new Mutation(asked, new MutationRun.Measured(List.of()), now);
      case MutationQuestion.Asked asked ->
          new Mutation(asked, mutantsBefore(leased, subject, asked), now);
    };
  }

  private MutationRun mutantsBefore(
      LeasedTask leased, Subject subject, MutationQuestion.Asked asked)
      throws IOException, InterruptedException {
    journal.note("the same faults without the change, in " + subject.from().abbreviated());
    return measure(leased, subject, subject.from(), asked).mutants();
  }

  private ContentHash keep(LeasedTask leased, String step, int attempt, Measurement measurement)
      throws IOException {
    ContentHash report = workshop.store().keep(MeasurementCodec.write(measurement));
    workshop
        .artifacts()
        .add(
            new Artifact(
                leased.run(),
                step,
                attempt,
                "measurement.json",
                report,
                workshop.store().size(report)));
    return report;
  }

  /**
   * What the change is compared with: the commit it was made from if that was measured alike, else
   * the base.
   */
  private Measurement before(LeasedTask leased, Subject subject, Recipe recipe) throws IOException {
    Optional<Baseline> from =
        workshop.baselines().find(leased.project(), subject.from(), recipe.hash());
    if (from.isPresent()) {
      return read(from.get());
    }
    if (subject.baseline().recipe().equals(recipe.hash())) {
      return read(subject.baseline());
    }
    return Measurements.notComparable(
        "the change alters how the project is built or tested, so nothing comparable was measured before");
  }

  private Measurement read(Baseline baseline) throws IOException {
    return MeasurementCodec.read(workshop.store().text(baseline.measurement()));
  }

  private Optional<Measurement> again(
      LeasedTask leased, Subject subject, Measurement before, Measurement after)
      throws IOException, InterruptedException {
    int suspects = Judge.suspects(before, after).size();
    if (suspects == 0) {
      return Optional.empty();
    }
    journal.note(
        suspects
            + " cases passed before and do not now: measuring "
            + subject.from().abbreviated()
            + " again in the same sandbox");
    try (Folder folder = workshop.folders().open(leased, subject.from(), "again")) {
      Measurer measurer = new Measurer(workshop, journal, leased);
      Trust trust = trust(leased, subject.base(), subject.from());
      return Optional.of(measurer.measure(folder, measurer.recipe(folder), trust));
    }
  }

  /**
   * What a change has made never gets the network. A changed configuration names variables of ours
   * as well: until it is part of a base commit nobody has agreed to it.
   */
  private Trust trust(LeasedTask leased, CommitId base, CommitId commit) {
    boolean changed =
        workshop.git().changes(leased.project(), base, commit).stream()
            .anyMatch(change -> change.path().equals(Toolchain.CONFIGURATION));
    return changed ? Trust.CHANGED_CONFIGURATION : Trust.CHANGE;
  }

  private List<Changed> changes(LeasedTask leased, Subject subject) {
    return workshop.git().changes(leased.project(), subject.from(), subject.commit()).stream()
        .map(change -> new Changed(change.path(), kind(change), change.binary(), change.escapes()))
        .toList();
  }

  private static Changed.Kind kind(FileChange change) {
    return switch (change.kind()) {
      case ADDED -> Changed.Kind.ADDED;
      case MODIFIED -> Changed.Kind.MODIFIED;
      case DELETED -> Changed.Kind.DELETED;
      case LINK -> Changed.Kind.LINK;
      case SUBMODULE -> Changed.Kind.SUBMODULE;
    };
  }
}
