package dev.capstan.worker;

import dev.capstan.control.LeasedTask;
import dev.capstan.control.records.Artifacts;
import dev.capstan.control.records.Artifacts.Artifact;
import dev.capstan.core.evidence.Evidence;
import dev.capstan.core.evidence.Violation;
import dev.capstan.core.plan.Work;
import dev.capstan.core.run.Failure;
import dev.capstan.core.run.Run;
import dev.capstan.core.run.RunCommand;
import dev.capstan.core.run.RunCommand.ReportExecuted;
import dev.capstan.core.run.Task;
import dev.capstan.engines.prompt.AgentWork;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * One attempt that several engines try side by side. What each has made is judged as every change
 * is, and the best is the attempt's; of the others everything is kept.
 */
final class Contest {
  /** The artifact that says who took part, and why one of them won. */
  static final String RESULT = "contest.txt";

  private static final List<String> ARTIFACTS =
      List.of("change.diff", Claims.WORDS, FormattingWords.NAME);

  private final Workshop workshop;
  private final Journal journal;
  private final LeasedTask leased;
  private final Task.Execute task;

  Contest(Workshop workshop, Journal journal, LeasedTask leased, Task.Execute task) {
    this.workshop = workshop;
    this.journal = journal;
    this.leased = leased;
    this.task = task;
  }

  /** Has one of them try. */
  interface Trial {
    RunCommand of(Task.Execute task, Entrant entrant) throws IOException, InterruptedException;
  }

  RunCommand perform(List<Work> contestants, Trial trial) throws IOException, InterruptedException {
    List<RunCommand> reports = sideBySide(contestants, trial);
    List<Candidate> candidates = new ArrayList<>();
    for (int i = 0; i < reports.size(); i++) {
      if (reports.get(i) instanceof ReportExecuted made) {
        candidates.add(candidate(i + 1, contestants.get(i), made));
      }
    }
    if (candidates.isEmpty()) {
      return nothing(contestants, reports);
    }
    Candidate winner = candidates.stream().min(Candidate.best(candidates)).orElseThrow();
    keep(contestants, reports, candidates, winner);
    return winner.made();
  }

  private List<RunCommand> sideBySide(List<Work> contestants, Trial trial)
      throws IOException, InterruptedException {
    try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<RunCommand>> futures = new ArrayList<>();
      for (int i = 0; i < contestants.size(); i++) {
        Task.Execute own = task(contestants.get(i));
        Entrant entrant = new Entrant(i + 1);
        journal.note(entrant.number() + "> is " + name(contestants.get(i)));
        futures.add(executor.submit(() -> trial.of(own, entrant)));
      }
      List<RunCommand> reports = new ArrayList<>();
      try {
        for (Future<RunCommand> future : futures) {
          reports.add(report(future));
        }
      } catch (InterruptedException | IOException stop) {
        executor.shutdownNow();
        throw stop;
      }
      return reports;
    }
  }

  private Task.Execute task(Work contestant) {
    return new Task.Execute(task.step().performedBy(List.of(contestant)), task.attempt().by(0));
  }

  /** One that could not be tried has failed; the others may still win. */
  private RunCommand report(Future<RunCommand> future) throws IOException, InterruptedException {
    try {
      return future.get();
    } catch (ExecutionException failure) {
      return switch (failure.getCause()) {
        case TaskFailed failed -> failed(failed.failure());
        case InterruptedException stopped -> throw stopped;
        case IOException outage -> throw outage;
        case null, default -> throw new IllegalStateException(failure.getCause());
      };
    }
  }

  private RunCommand failed(Failure failure) {
    return new RunCommand.ReportAttemptFailed(task.step().id(), task.attempt().number(), failure);
  }

  private Candidate candidate(int number, Work work, ReportExecuted made)
      throws IOException, InterruptedException {
    journal.note(number + "> is measured, " + name(work));
    Run.Working run = RunUnderWay.of(workshop, leased);
    Subject subject =
        new Subject(
            made.commit(),
            task.attempt().from(),
            run.base().commit(),
            run.baseline(),
            task.step().scope(),
            task.step().expectations(),
            task.step().id().value(),
            task.attempt().number());
    Evidence measured = new Verification(workshop, journal, leased, subject).evidence();
    Evidence evidence =
        new Appraisal(workshop, leased)
            .of(
                measured,
                subject.base(),
                subject.expectations(),
                task.step().kind(),
                work.engine());
    return new Candidate(
        number,
        name(work),
        made,
        workshop.git().tree(leased.project(), made.commit()),
        evidence,
        task.step().expectations());
  }

  private static String name(Work work) {
    return AgentWork.of(work.arguments())
        .model()
        .map(model -> work.engine() + '/' + model)
        .orElse(work.engine());
  }

  // ---- what comes of it

  /** Everybody failed, or asked; a question goes before a failure. */
  private RunCommand nothing(List<Work> contestants, List<RunCommand> reports) {
    Optional<RunCommand> question =
        reports.stream().filter(RunCommand.ReportQuestion.class::isInstance).findFirst();
    if (question.isPresent()) {
      return question.get();
    }
    if (reports.stream().allMatch(RunCommand.ReportUnchanged.class::isInstance)) {
      return reports.getFirst();
    }
    List<String> words = new ArrayList<>();
    List<Violation> violations = new ArrayList<>();
    Failure.Kind kind = Failure.Kind.TERMINAL;
    for (int i = 0; i < reports.size(); i++) {
      words.add(name(contestants.get(i)) + ": " + inWords(reports.get(i)));
      if (reports.get(i) instanceof RunCommand.ReportAttemptFailed(_, _, var failure)) {
        violations.addAll(failure.violations());
        kind = failure.kind() == Failure.Kind.RECOVERABLE ? failure.kind() : kind;
      }
    }
    return failed(
        new Failure(
            kind,
            "none of " + reports.size() + " made a change: " + String.join("; ", words),
            violations));
  }

  private static String inWords(RunCommand report) {
    return report instanceof RunCommand.ReportAttemptFailed(_, _, var failure)
        ? failure.message()
        : "it changed no file";
  }

  private void keep(
      List<Work> contestants, List<RunCommand> reports, List<Candidate> all, Candidate winner)
      throws IOException {
    List<String> lines = new ArrayList<>();
    lines.add(winner.inWords(all) + ": its change is taken");
    for (Candidate other : all) {
      if (other.number() != winner.number()) {
        lines.add(other.inWords(all));
      }
    }
    for (int i = 0; i < reports.size(); i++) {
      if (!(reports.get(i) instanceof ReportExecuted)) {
        lines.add(i + 1 + "> " + name(contestants.get(i)) + ": " + inWords(reports.get(i)));
      }
    }
    lines.forEach(journal::note);
    var hash = workshop.store().keep(String.join("\n", lines) + '\n');
    add(RESULT, new Artifact(leased.run(), "", 0, "", hash, workshop.store().size(hash)));
    for (String name : ARTIFACTS) {
      Artifacts.Key key =
          new Artifacts.Key(
              task.step().id().value(),
              task.attempt().number(),
              new Entrant(winner.number()).artifact(name));
      workshop.artifacts().find(leased.run(), key).ifPresent(found -> add(name, found));
    }
    workshop
        .git()
        .keep(leased.project(), Entrant.ALONE.ref(leased.run(), task), winner.made().commit());
  }

  private void add(String name, Artifact content) {
    workshop
        .artifacts()
        .add(
            new Artifact(
                leased.run(),
                task.step().id().value(),
                task.attempt().number(),
                name,
                content.hash(),
                content.bytes()));
  }
}
