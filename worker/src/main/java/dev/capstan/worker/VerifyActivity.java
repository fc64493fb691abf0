package dev.capstan.worker;

import dev.capstan.control.LeasedTask;
import dev.capstan.core.CommitId;
import dev.capstan.core.evidence.Evidence;
import dev.capstan.core.plan.Scope;
import dev.capstan.core.run.RunCommand;
import dev.capstan.core.run.Task;
import java.io.IOException;
import java.util.List;

/** Has a step's commit, or the tip of the run's branch, verified and appraised. */
final class VerifyActivity {
  /** Each step's own gate has asked for its binary files by name. */
  private static final Scope EVERY_FILE = new Scope(List.of("**/*"));

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
            task.step().expectations(),
            task.step().id().value(),
            task.attempt().number());
    Evidence measured =
        new Review(workshop, journal, leased)
            .of(task.step(), task.attempt(), subject, measured(leased, subject));
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
        new Subject(
            task.tip(), base, base, task.baseline(), EVERY_FILE, task.expectations(), "", 0);
    Evidence measured = new Verification(workshop, journal, leased, subject).evidence();
    return new RunCommand.ReportTipVerified(
        new Appraisal(workshop, leased).of(measured, base, task.expectations(), "", ""));
  }

  private Evidence measured(LeasedTask leased, Subject subject)
      throws IOException, InterruptedException {
    Evidence judged = new Verification(workshop, journal, leased, subject).evidence();
    return new Claims(workshop, leased)
        .of(subject, new NewTests(workshop, journal, leased).of(subject, judged));
  }
}
