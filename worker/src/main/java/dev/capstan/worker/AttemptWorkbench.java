package dev.capstan.worker;

import dev.capstan.control.LeasedTask;
import dev.capstan.core.CommitId;
import dev.capstan.engines.Workbench;
import dev.capstan.verification.Measurement;
import dev.capstan.verification.Measurement.Build;
import dev.capstan.verification.Measurement.Status;
import dev.capstan.verification.Measurement.TestCase;
import dev.capstan.worker.WorkFolders.Folder;
import dev.capstan.workspace.git.GitFailure;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.StringJoiner;

/**
 * What the built-in agent works with in one attempt. What it tests is kept as a turn, and tested in
 * a clone of its own, so that nothing a build leaves is part of the change. For one thread.
 */
final class AttemptWorkbench implements Workbench {
  private static final int MOST_FAILURES = 10;
  private static final int MOST_ERRORS = 20;

  private final Workshop workshop;
  private final Journal journal;
  private final LeasedTask leased;
  private final Folder folder;
  private final Turns turns;
  private final CodeReader code;

  AttemptWorkbench(
      Workshop workshop, Journal journal, LeasedTask leased, Folder folder, Turns turns) {
    this.workshop = workshop;
    this.journal = journal;
    this.leased = leased;
    this.folder = folder;
    this.turns = turns;
    this.code =
        IndexedCode.over(new ReadableCode(folder.tree()), workshop.code().of(leased.project()));
  }

  @Override
  public CodeReader code() {
    return code;
  }

  @Override
  public String test() throws InterruptedException {
    try {
      CommitId commit = turns.take(folder);
      CommitId base = RunUnderWay.of(workshop, leased).base().commit();
      Trust trust = Trust.of(workshop.git(), leased.project(), base, commit);
      Measurer measurer = new Measurer(workshop, journal, leased);
      try (Folder clone = workshop.folders().open(leased, commit, "test")) {
        return inWords(measurer.measure(clone, measurer.recipe(clone), trust));
      }
    } catch (TaskFailed | GitFailure failure) {
      return "it could not be tested: " + failure.getMessage();
    } catch (IOException failure) {
      throw new UncheckedIOException("the attempt cannot be tested", failure);
    }
  }

  private static String inWords(Measurement measured) {
    StringJoiner text = new StringJoiner("\n");
    text.add(measured.summary());
    List<String> errors =
        switch (measured.build()) {
          case Build.Built(_, var lines) -> lines;
          case Build.Broken(_, var lines) -> lines;
          case Build.NotRun _, Build.TimedOut _ -> List.of();
        };
    errors.stream().limit(MOST_ERRORS).forEach(text::add);
    List<TestCase> failed =
        measured.tests().stream()
            .filter(one -> one.status() == Status.FAILED || one.status() == Status.ERROR)
            .toList();
    failed.stream().limit(MOST_FAILURES).forEach(one -> text.add(one.id() + ": " + one.message()));
    if (failed.size() > MOST_FAILURES) {
      text.add("… and " + (failed.size() - MOST_FAILURES) + " more");
    }
    return text.toString();
  }
}
