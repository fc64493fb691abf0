package dev.capstan.worker;

import dev.capstan.control.LeasedTask;
import dev.capstan.control.records.Artifacts.Artifact;
import dev.capstan.core.CommitId;
import dev.capstan.core.ContentHash;
import dev.capstan.core.ProjectId;
import dev.capstan.core.evidence.Evidence;
import dev.capstan.core.run.Baseline;
import dev.capstan.verification.Consulted;
import dev.capstan.verification.EarlyJudge;
import dev.capstan.verification.Judge;
import dev.capstan.verification.Judge.Judgement;
import dev.capstan.verification.Measurement;
import dev.capstan.verification.MeasurementCodec;
import dev.capstan.verification.Mutation;
import dev.capstan.verification.MutationQuestion;
import dev.capstan.verification.MutationRun;
import dev.capstan.verification.Submission;
import dev.capstan.verification.Submission.Changed;
import dev.capstan.worker.EarlyLook.Broken;
import dev.capstan.worker.WorkFolders.Folder;
import dev.capstan.workspace.git.GitStore;
import dev.capstan.workspace.git.GitStore.FileChange;
import dev.capstan.workspace.toolchain.Pit;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * Measures a commit and compares it with the base commit, case by case. What judges is measured as
 * it was before the change, but for what the step declared. What passed before and does not now is
 * measured again on the base, in the same sandbox, before anybody is blamed.
 */
final class Verification {
  /** The tests as they were are asked first; only the step's own can be compared. */
  private static final MutationQuestion LATER =
      new MutationQuestion.NotAsked("the tests as they were before the step do not pass");

  private final Workshop workshop;
  private final Journal journal;
  private final LeasedTask leased;
  private final Subject subject;
  private final List<Changed> changes;
  private final CommitSources sourcesBefore;
  private final CommitSources sourcesNow;
  private final MutationQuestion question;

  Verification(Workshop workshop, Journal journal, LeasedTask leased, Subject subject) {
    this.workshop = workshop;
    this.journal = journal;
    this.leased = leased;
    this.subject = subject;
    this.changes = changes(workshop.git(), leased.project(), subject.from(), subject.commit());
    this.sourcesBefore = new CommitSources(workshop.git(), leased.project(), subject.from());
    this.sourcesNow = new CommitSources(workshop.git(), leased.project(), subject.commit());
    this.question = MutationQuestion.of(changes, subject.expectations(), sourcesBefore, sourcesNow);
  }

  /** What was measured of a tree that may be put together from two commits. */
  private record Measured(
      CommitId commit, Recipe recipe, Measurement measurement, MutationRun mutants) {}

  /** What came of the frozen tree. */
  private sealed interface First {
    record All(Measurement before, Measured frozen) implements First {}

    record Refused(Measurement before, Broken broken) implements First {}
  }

  Evidence evidence() throws IOException, InterruptedException {
    FrozenTrees trees =
        FrozenTrees.of(
            workshop, leased, subject.from(), subject.commit(), changes, subject.expectations());
    trees.note(journal);
    return switch (first(trees.frozen(), trees.needsOwn() ? LATER : question)) {
      case First.All(var before, var frozen) -> whole(trees, before, frozen);
      case First.Refused(var before, var broken) -> refusal(before, broken);
    };
  }

  private First first(CommitId frozen, MutationQuestion asked)
      throws IOException, InterruptedException {
    try (Folder folder = workshop.folders().open(leased, frozen, "verify")) {
      Recipe recipe = new Measurer(workshop, journal, leased).recipe(folder);
      Measurement before = new PriorMeasurements(workshop, leased).of(subject, recipe);
      Optional<Broken> broken =
          new EarlyLook(workshop, journal, leased)
              .at(subject, changes, frozen, folder, recipe, before);
      return broken.isPresent()
          ? new First.Refused(before, broken.get())
          : new First.All(before, measure(frozen, folder, recipe, asked));
    }
  }

  private Evidence refusal(Measurement before, Broken broken)
      throws IOException, InterruptedException {
    ContentHash report = keep(broken.near());
    Judgement judgement =
        EarlyJudge.judge(
            submission(before, broken.near()),
            broken.again(),
            broken.look(),
            consulted(Mutation.notAsked("the nearest tests fail")));
    return new Evidence(subject.commit(), judgement.checks(), judgement.violations(), report);
  }

  private Evidence whole(FrozenTrees trees, Measurement before, Measured frozen)
      throws IOException, InterruptedException {
    Measured after =
        trees.needsOwn() && Judge.suspects(before, frozen.measurement()).isEmpty()
            ? measure(trees.own(), question)
            : frozen;
    ContentHash report = keep(after.measurement());
    Optional<Measurement> again = again(before, after.measurement());
    Judgement judgement =
        Judge.judge(
            submission(before, after.measurement()), again, consulted(mutation(after.mutants())));
    if (after.commit().equals(subject.commit())) {
      Baseline own = new Baseline(report, after.recipe().hash(), after.measurement().summary());
      workshop.baselines().keep(leased.project(), subject.commit(), own);
    }
    return new Evidence(subject.commit(), judgement.checks(), judgement.violations(), report);
  }

  private Submission submission(Measurement before, Measurement after) {
    return new Submission(
        before, after, changes, subject.scope(), subject.expectations(), sourcesBefore, sourcesNow);
  }

  private Consulted consulted(Mutation mutation) throws IOException, InterruptedException {
    return new Consulted(
        new CachedLicences(workshop.caches().folder(leased.project())),
        mutation,
        new SecretPrograms(workshop, leased).scan(changes, subject.commit()));
  }

  private Measured measure(CommitId commit, MutationQuestion asked)
      throws IOException, InterruptedException {
    try (Folder folder = workshop.folders().open(leased, commit, "verify")) {
      return measure(commit, folder, new Measurer(workshop, journal, leased).recipe(folder), asked);
    }
  }

  private Measured measure(CommitId commit, Folder folder, Recipe recipe, MutationQuestion asked)
      throws IOException, InterruptedException {
    Measurer measurer = new Measurer(workshop, journal, leased);
    Measurement measurement = measurer.measure(folder, recipe, trust(subject.commit()));
    MutationRun mutants =
        switch (asked) {
          case MutationQuestion.NotAsked(var reason) -> new MutationRun.NotMeasured(reason);
          case MutationQuestion.Asked faults ->
              mutants(faults).measure(folder, recipe.toolchain(), measurement);
        };
    return new Measured(commit, recipe, measurement, mutants);
  }

  /** With the version of PIT that the project named before the change. */
  private Mutants mutants(MutationQuestion.Asked asked) {
    return new Mutants(workshop, journal, leased, asked, Pit.of(sourcesBefore.text("pom.xml")));
  }

  /** Measures what was there before as well, if there is something to compare. */
  private Mutation mutation(MutationRun now) throws IOException, InterruptedException {
    return switch (question) {
      case MutationQuestion.NotAsked(var reason) -> Mutation.notAsked(reason);
      case MutationQuestion.Asked _ when now instanceof MutationRun.NotMeasured(var reason) ->
          Mutation.unanswered(question, reason);
      case MutationQuestion.Asked asked when asked.known(sourcesBefore).isEmpty() ->
          new Mutation(asked, new MutationRun.Measured(List.of()), now);
      case MutationQuestion.Asked asked -> {
        journal.note("the same faults without the change, in " + subject.from().abbreviated());
        yield new Mutation(
            asked, mutants(asked).at(subject.from(), "verify", trust(subject.commit())), now);
      }
    };
  }

  private ContentHash keep(Measurement measurement) throws IOException {
    ContentHash report = workshop.store().keep(MeasurementCodec.write(measurement));
    long size = workshop.store().size(report);
    workshop
        .artifacts()
        .add(
            new Artifact(
                leased.run(), subject.step(), subject.attempt(), "measurement.json", report, size));
    return report;
  }

  private Optional<Measurement> again(Measurement before, Measurement after)
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
      return Optional.of(measurer.measure(folder, measurer.recipe(folder), trust(subject.from())));
    }
  }

  private Trust trust(CommitId commit) {
    return Trust.of(workshop.git(), leased.project(), subject.base(), commit);
  }

  /** Every path that differs between the two. */
  static List<Changed> changes(GitStore git, ProjectId project, CommitId from, CommitId commit) {
    return git.changes(project, from, commit).stream()
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
