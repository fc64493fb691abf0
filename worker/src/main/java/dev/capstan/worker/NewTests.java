package dev.capstan.worker;

import dev.capstan.control.LeasedTask;
import dev.capstan.core.CommitId;
import dev.capstan.core.evidence.CheckName;
import dev.capstan.core.evidence.Evidence;
import dev.capstan.verification.Measurement;
import dev.capstan.verification.MeasurementCodec;
import dev.capstan.verification.MutationQuestion.Asked;
import dev.capstan.verification.MutationRun;
import dev.capstan.verification.NewTestsCheck;
import dev.capstan.verification.Submission.Changed;
import dev.capstan.verification.frozen.JudgeFiles;
import dev.capstan.verification.mutation.TestedClasses;
import dev.capstan.worker.WorkFolders.Folder;
import dev.capstan.workspace.toolchain.Pit;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Runs the tests that a change brings on the code as it was before, where policy asks for that: it
 * measures the project once more.
 */
final class NewTests {
  private final Workshop workshop;
  private final Journal journal;
  private final LeasedTask leased;

  NewTests(Workshop workshop, Journal journal, LeasedTask leased) {
    this.workshop = workshop;
    this.journal = journal;
    this.leased = leased;
  }

  /** The evidence with the check of the new tests. */
  Evidence of(Subject subject, Evidence evidence) throws IOException, InterruptedException {
    if (!subject.expectations().required().contains(CheckName.NEW_TESTS)) {
      return evidence;
    }
    NewTestsCheck.Result result = check(subject, evidence);
    return new Evidence(
        evidence.commit(),
        Stream.concat(evidence.checks().stream(), Stream.of(result.check())).toList(),
        Stream.concat(evidence.violations().stream(), result.violations().stream()).toList(),
        evidence.report(),
        evidence.confidence(),
        evidence.ignored());
  }

  private NewTestsCheck.Result check(Subject subject, Evidence evidence)
      throws IOException, InterruptedException {
    List<String> tests =
        Verification.changes(workshop.git(), leased.project(), subject.from(), subject.commit())
            .stream()
            .map(Changed::path)
            .filter(
                path -> JudgeFiles.kindOf(path).filter(JudgeFiles.Kind.TEST::equals).isPresent())
            .toList();
    if (tests.isEmpty()) {
      return NewTestsCheck.settled("the change brings no tests");
    }
    CommitId without =
        workshop.git().overlay(leased.project(), subject.from(), subject.commit(), tests);
    Measurer measurer = new Measurer(workshop, journal, leased);
    try (Folder folder = workshop.folders().open(leased, without, "without")) {
      Recipe recipe = measurer.recipe(folder);
      Measurement before = new PriorMeasurements(workshop, leased).of(subject, recipe);
      Measurement after = MeasurementCodec.read(workshop.store().text(evidence.report()));
      Set<String> added = NewTestsCheck.newCases(before, after);
      if (added.isEmpty()) {
        return NewTestsCheck.settled("the change brings no new case that passes");
      }
      journal.note(added.size() + " new cases on the code as it was before the change");
      Trust trust = Trust.of(workshop.git(), leased.project(), subject.base(), subject.commit());
      Measurement measured = measurer.measure(folder, recipe, trust);
      NewTestsCheck.Result result = NewTestsCheck.of(added, measured);
      return result.isSettled()
          ? result
          : byFaults(result, subject, tests, without, folder, recipe, measured);
    }
  }

  /** Tests of old code pass by their nature; in Java it is asked what faults they find there. */
  private NewTestsCheck.Result byFaults(
      NewTestsCheck.Result silent,
      Subject subject,
      List<String> tests,
      CommitId without,
      Folder folder,
      Recipe recipe,
      Measurement measured)
      throws IOException, InterruptedException {
    CommitSources sources = new CommitSources(workshop.git(), leased.project(), without);
    List<String> java = tests.stream().filter(path -> path.endsWith(".java")).toList();
    TestedClasses tested = TestedClasses.of(java, sources.paths(), sources::text);
    if (java.isEmpty() || tested.classes().isEmpty()) {
      return silent;
    }
    Asked asked = new Asked(List.of(), tested.classes(), tested.complete());
    Mutants mutants =
        new Mutants(workshop, journal, leased, asked, Pit.of(sources.text("pom.xml")));
    journal.note("faults put into what the new cases test, which pass without the change");
    MutationRun now = mutants.measure(folder, recipe.toolchain(), measured);
    if (now instanceof MutationRun.NotMeasured) {
      return NewTestsCheck.byFaults(silent, now, now);
    }
    Trust trust = Trust.of(workshop.git(), leased.project(), subject.base(), subject.from());
    return NewTestsCheck.byFaults(silent, mutants.at(subject.from(), "before", trust), now);
  }
}
