package dev.capstan.worker;

import dev.capstan.control.LeasedTask;
import dev.capstan.control.records.Artifacts.Artifact;
import dev.capstan.control.records.Memories.Asker;
import dev.capstan.core.CommitId;
import dev.capstan.core.ContentHash;
import dev.capstan.core.account.Purpose;
import dev.capstan.core.evidence.Violation;
import dev.capstan.core.evidence.Violation.Category;
import dev.capstan.core.plan.Work;
import dev.capstan.core.run.Attempt;
import dev.capstan.core.run.Beginning;
import dev.capstan.core.run.Change;
import dev.capstan.core.run.Failure;
import dev.capstan.core.run.RunCommand;
import dev.capstan.core.run.Task;
import dev.capstan.engines.Engine;
import dev.capstan.engines.Instructions;
import dev.capstan.engines.ModelAccess;
import dev.capstan.engines.Workbench;
import dev.capstan.sandbox.Network;
import dev.capstan.worker.WorkFolders.Folder;
import dev.capstan.workspace.git.GitStore.Captured;
import dev.capstan.workspace.git.GitStore.CommitText;
import dev.capstan.workspace.git.GitStore.FileChange;
import dev.capstan.workspace.git.GitStore.Refused;
import dev.capstan.workspace.toolchain.Toolchain;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.Lock;

/** Lets an engine change a fresh clone, and captures what it did as a commit under a hidden ref. */
final class ExecuteActivity {
  private static final long LARGEST_DIFF = 4L << 20;

  private final Workshop workshop;
  private final Journal journal;

  ExecuteActivity(Workshop workshop, Journal journal) {
    this.workshop = workshop;
    this.journal = journal;
  }

  RunCommand perform(LeasedTask leased, Task.Execute task, Instructions instructions)
      throws IOException, InterruptedException {
    Work work = task.step().engines().get(task.attempt().engine());
    List<Work> contestants = engine(work).contestants(work);
    return contestants.isEmpty()
        ? perform(leased, task, instructions, Entrant.ALONE)
        : new Contest(workshop, journal, leased, task)
            .perform(
                contestants, (own, entrant) -> perform(leased, own, instructions.copy(), entrant));
  }

  private Engine engine(Work work) {
    Engine engine = workshop.engines().get(work.engine());
    if (engine == null) {
      throw TaskFailed.terminal(
          "there is no engine \""
              + work.engine()
              + "\"; this worker has "
              + workshop.engines().keySet());
    }
    return engine;
  }

  private RunCommand perform(
      LeasedTask leased, Task.Execute task, Instructions instructions, Entrant entrant)
      throws IOException, InterruptedException {
    EngineJobs jobs = new EngineJobs(workshop, leased, task, instructions);
    Work work = jobs.work();
    Engine engine = engine(work);
    Optional<Failure> rehearsed =
        engine.usesToolchain()
            ? new Rehearsal(workshop, journal, leased).ensure(engine, work, jobs)
            : Optional.empty();
    boolean modelled = engine.usesModels(work) && workshop.models().isPresent();
    Turns turns = new Turns(workshop, journal, leased, task, entrant);
    CommitId begin = begin(modelled, turns, task.attempt());
    try (Folder folder =
        workshop
            .folders()
            .open(leased, begin, entrant.folder(), task.attempt().from(), turns.refs())) {
      journal.note("$ " + String.join(" ", work.arguments()));
      if (engine.isAgent()) {
        giveContext(jobs, leased, task, folder, entrant);
      }
      Engine.Result result = performWithModels(engine, jobs, leased, task, folder, entrant, turns);
      if (modelled || !(result instanceof Engine.Result.Done)) {
        keepLast(leased, task, folder, entrant, turns, result);
      }
      return switch (result) {
        case Engine.Result.Done(var words) -> {
          if (!words.isEmpty()) {
            keep(leased, task, entrant.artifact(Claims.WORDS), words);
          }
          RunCommand report = capture(leased, task, folder, words, entrant);
          keepLog(leased, task);
          yield report;
        }
        case Engine.Result.Failed(var failure) -> {
          keepLog(leased, task);
          yield new RunCommand.ReportAttemptFailed(
              task.step().id(), task.attempt().number(), Rehearsal.told(failure, rehearsed));
        }
        case Engine.Result.Asks(var question) ->
            new RunCommand.ReportQuestion(task.step().id(), task.attempt().number(), question);
        case Engine.Result.Stopped _ -> {
          keepLog(leased, task);
          Thread.interrupted();
          throw new InterruptedException();
        }
      };
    }
  }

  /** A program that no model was paid for begins afresh where it was stopped. */
  private CommitId begin(boolean modelled, Turns turns, Attempt attempt) {
    if (attempt.start() instanceof Beginning.Left) {
      journal.note("begins with what an attempt before it has left");
    }
    return modelled ? turns.orElse(attempt.begin()) : attempt.begin();
  }

  /** The last turn; of one that failed, it can be seen and continued. */
  private void keepLast(
      LeasedTask leased,
      Task.Execute task,
      Folder folder,
      Entrant entrant,
      Turns turns,
      Engine.Result result)
      throws IOException {
    Optional<CommitId> last = turns.keep(folder);
    CommitId from = task.attempt().from();
    if (result instanceof Engine.Result.Failed
        && last.filter(left -> !left.equals(from)).isPresent()) {
      keep(
          leased,
          task,
          entrant.artifact("left.diff"),
          workshop.git().diff(leased.project(), from, last.get(), LARGEST_DIFF));
    }
  }

  /** Kept with the attempt, so that what the agent was given can be seen. */
  private void giveContext(
      EngineJobs jobs, LeasedTask leased, Task.Execute task, Folder folder, Entrant entrant)
      throws IOException {
    StepContext.Found found =
        new StepContext(workshop.code(), workshop.past(), new ReadableCode(folder.tree()))
            .of(
                new Asker(
                    leased.project(),
                    leased.run(),
                    task.step().id().value(),
                    task.attempt().number()),
                jobs.purpose());
    journal.note(found.note());
    if (!found.text().isEmpty()) {
      jobs.give(found.text());
      keep(leased, task, entrant.artifact(Engine.CONTEXT), found.text());
    }
  }

  private Engine.Result performWithModels(
      Engine engine,
      EngineJobs jobs,
      LeasedTask leased,
      Task.Execute task,
      Folder folder,
      Entrant entrant,
      Turns turns)
      throws IOException, InterruptedException {
    if (!engine.usesModels(jobs.work()) || workshop.models().isEmpty()) {
      return perform(engine, jobs, leased, task, folder, entrant, turns, Optional.empty());
    }
    try (ModelDoor.Opened models =
        workshop
            .models()
            .get()
            .open(
                leased,
                task.step().id().value(),
                task.attempt().number(),
                Purpose.WORK,
                engine.prompt(jobs.work()),
                withheld(leased, task, folder))) {
      return perform(
          engine, jobs, leased, task, folder, entrant, turns, Optional.of(models.access()));
    }
  }

  private Set<String> withheld(LeasedTask leased, Task.Execute task, Folder folder) {
    Set<String> lines =
        WithheldFiles.of(folder, workshop.git().paths(leased.project(), task.attempt().from()));
    if (!lines.isEmpty()) {
      journal.note("models may not read " + lines.size() + " lines of files that say NO_LLM");
    }
    return lines;
  }

  private Engine.Result perform(
      Engine engine,
      EngineJobs jobs,
      LeasedTask leased,
      Task.Execute task,
      Folder folder,
      Entrant entrant,
      Turns turns,
      Optional<ModelAccess> models)
      throws IOException, InterruptedException {
    Optional<Workbench> bench =
        Optional.of(new AttemptWorkbench(workshop, journal, leased, folder, turns));
    Runnable turnEnd = () -> turns.keep(folder);
    if (!engine.usesToolchain()) {
      return engine.perform(
          jobs.of(folder, Optional.empty(), Network.NONE, models, bench, turnEnd),
          entrant.printing(journal));
    }
    CommitId base = RunUnderWay.of(workshop, leased).base().commit();
    Toolchain toolchain =
        Trust.of(workshop.git(), leased.project(), base, task.attempt().from())
            .allow(new Measurer(workshop, journal, leased).recipe(folder).toolchain());
    Lock lock = workshop.caches().lock(leased.project()).readLock();
    lock.lockInterruptibly();
    try {
      return engine.perform(
          jobs.of(folder, Optional.of(toolchain), Network.NONE, models, bench, turnEnd),
          entrant.printing(journal));
    } finally {
      lock.unlock();
    }
  }

  private RunCommand capture(
      LeasedTask leased, Task.Execute task, Folder folder, String words, Entrant entrant)
      throws IOException, InterruptedException {
    Attempt attempt = task.attempt();
    String ref = entrant.ref(leased.run(), task);
    CommitText text = new CommitText(CommitMessages.of(leased.run(), task.step()), Instant.now());
    Captured captured =
        workshop.git().capture(leased.project(), folder.tree(), attempt.from(), text, ref);
    List<Violation> rewritten =
        CloneHistory.rewritten(workshop, journal, leased, folder.tree(), attempt.from());
    if (!rewritten.isEmpty()) {
      return failed(task, "the attempt rewrote the history of its clone: ", rewritten);
    }
    if (!captured.refused().isEmpty()) {
      return refused(task, captured.refused());
    }
    return switch (captured) {
      case Captured.Changed(var commit, _) -> {
        Formatting formatting = new Formatting(workshop, journal, leased, task);
        CommitId formatted = formatting.of(folder, commit, text, ref);
        if (!formatting.word().isEmpty()) {
          keep(leased, task, entrant.artifact(FormattingWords.NAME), formatting.word());
        }
        yield executed(leased, task, formatted, entrant);
      }
      case Captured.Unchanged _ -> unchanged(leased, task, words);
    };
  }

  private RunCommand unchanged(LeasedTask leased, Task.Execute task, String words) {
    List<Violation> untrue = new Claims(workshop, leased).ofNoChange(words, task.attempt().from());
    if (untrue.isEmpty() || task.step().expectations().mayChangeNothing()) {
      return new RunCommand.ReportUnchanged(task.step().id(), task.attempt().number());
    }
    Violation first = untrue.getFirst();
    return new RunCommand.ReportAttemptFailed(
        task.step().id(),
        task.attempt().number(),
        new Failure(
            Failure.Kind.TERMINAL,
            "the engine changed no file, and says: \"" + first.subject() + '"',
            untrue));
  }

  private RunCommand executed(
      LeasedTask leased, Task.Execute task, CommitId commit, Entrant entrant) throws IOException {
    CommitId from = task.attempt().from();
    List<FileChange> changes = workshop.git().changes(leased.project(), from, commit);
    keep(
        leased,
        task,
        entrant.artifact("change.diff"),
        workshop.git().diff(leased.project(), from, commit, LARGEST_DIFF));
    Change change =
        new Change(
            changes.size(),
            changes.stream().mapToInt(FileChange::linesAdded).sum(),
            changes.stream().mapToInt(FileChange::linesDeleted).sum());
    return new RunCommand.ReportExecuted(task.step().id(), task.attempt().number(), commit, change);
  }

  private static RunCommand refused(Task.Execute task, List<Refused> refused) {
    List<Violation> violations =
        refused.stream()
            .map(file -> new Violation(Category.UNEXPECTED_FILE, file.path(), file.reason()))
            .toList();
    String message =
        "the attempt left " + refused.size() + " entries that cannot be kept; the first is ";
    return failed(task, message, violations);
  }

  private static RunCommand failed(Task.Execute task, String message, List<Violation> violations) {
    Violation first = violations.getFirst();
    return new RunCommand.ReportAttemptFailed(
        task.step().id(),
        task.attempt().number(),
        new Failure(
            Failure.Kind.RECOVERABLE,
            message + first.subject() + ": " + first.detail(),
            violations));
  }

  private void keepLog(LeasedTask leased, Task.Execute task) throws IOException {
    keep(leased, task, "engine.log", journal.text());
  }

  private void keep(LeasedTask leased, Task.Execute task, String name, String text)
      throws IOException {
    ContentHash hash = workshop.store().keep(text);
    workshop
        .artifacts()
        .add(
            new Artifact(
                leased.run(),
                task.step().id().value(),
                task.attempt().number(),
                name,
                hash,
                workshop.store().size(hash)));
  }
}
