package dev.capstan.worker;

import dev.capstan.control.LeasedTask;
import dev.capstan.control.records.Artifacts.Artifact;
import dev.capstan.core.CommitId;
import dev.capstan.core.ContentHash;
import dev.capstan.core.evidence.Violation;
import dev.capstan.core.evidence.Violation.Category;
import dev.capstan.core.plan.Work;
import dev.capstan.core.run.Attempt;
import dev.capstan.core.run.Change;
import dev.capstan.core.run.Failure;
import dev.capstan.core.run.RunCommand;
import dev.capstan.core.run.Task;
import dev.capstan.engines.Engine;
import dev.capstan.sandbox.Bind;
import dev.capstan.sandbox.Network;
import dev.capstan.verification.ViolationsJson;
import dev.capstan.worker.WorkFolders.Folder;
import dev.capstan.workspace.git.GitFailure;
import dev.capstan.workspace.git.GitStore.Captured;
import dev.capstan.workspace.git.GitStore.CommitText;
import dev.capstan.workspace.git.GitStore.FileChange;
import dev.capstan.workspace.git.GitStore.Refused;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Lets an engine change a fresh clone, and captures what it did as a commit under a hidden ref. */
final class ExecuteActivity {
  private static final long LARGEST_DIFF = 4L << 20;

  /** Where an engine finds what the attempt before did not keep, beside the files sent along. */
  private static final String TO_FIX = "violations.json";

  private final Workshop workshop;
  private final Journal journal;

  ExecuteActivity(Workshop workshop, Journal journal) {
    this.workshop = workshop;
    this.journal = journal;
  }

  RunCommand perform(LeasedTask leased, Task.Execute task)
      throws IOException, InterruptedException {
    Work work = task.step().engines().get(task.attempt().engine());
    Engine engine = workshop.engines().get(work.engine());
    if (engine == null) {
      throw TaskFailed.terminal(
          "there is no engine \""
              + work.engine()
              + "\"; this worker has "
              + workshop.engines().keySet());
    }
    try (Folder folder = workshop.folders().open(leased, task.attempt().from(), "engine")) {
      journal.note("$ " + String.join(" ", work.arguments()));
      Engine.Result result = engine.perform(job(leased, task, work, folder), journal);
      keepLog(leased, task);
      return switch (result) {
        case Engine.Result.Done _ -> capture(leased, task, folder);
        case Engine.Result.Failed(var failure) -> {
          rescue(folder);
          yield new RunCommand.ReportAttemptFailed(
              task.step().id(), task.attempt().number(), failure);
        }
        case Engine.Result.Stopped _ -> {
          Thread.interrupted();
          rescue(folder);
          throw new InterruptedException();
        }
      };
    }
  }

  /** What cannot be kept must not hide why the attempt failed. */
  private void rescue(Folder folder) throws IOException {
    try {
      folder.rescue();
    } catch (GitFailure failure) {
      journal.note("what the attempt left could not be kept: " + failure.getMessage());
    }
  }

  private Engine.Job job(LeasedTask leased, Task.Execute task, Work work, Folder folder)
      throws IOException {
    List<Bind> binds = new ArrayList<>(workshop.system().binds(Network.NONE));
    binds.add(Bind.ReadOnly.of(workshop.git().objects(leased.project())));
    return new Engine.Job(
        leased.run() + "/" + leased.task().key(),
        work,
        folder.tree(),
        binds,
        workshop.system().environment(),
        files(work, task.attempt(), folder));
  }

  /** Copies of the files sent along, which no attempt can change for another. */
  private Map<String, Path> files(Work work, Attempt attempt, Folder folder) throws IOException {
    Map<String, Path> files = new HashMap<>();
    for (Map.Entry<String, ContentHash> file : work.files().entrySet()) {
      Path copy = folder.files().resolve(file.getKey());
      Files.createDirectories(copy.getParent());
      try (InputStream content = workshop.store().open(file.getValue())) {
        Files.copy(content, copy);
      }
      Files.setPosixFilePermissions(copy, PosixFilePermissions.fromString("r-xr-xr-x"));
      files.put(file.getKey(), copy);
    }
    if (!attempt.toFix().isEmpty() && !files.containsKey(TO_FIX)) {
      files.put(TO_FIX, toFix(attempt, folder));
    }
    return files;
  }

  private static Path toFix(Attempt attempt, Folder folder) throws IOException {
    Path file = folder.files().resolve(TO_FIX);
    Files.createDirectories(folder.files());
    return Files.writeString(file, ViolationsJson.write(attempt.toFix()));
  }

  private RunCommand capture(LeasedTask leased, Task.Execute task, Folder folder)
      throws IOException, InterruptedException {
    Attempt attempt = task.attempt();
    String ref = HiddenRefs.turn(leased.run(), task.step().id(), attempt.number(), 1);
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
      case Captured.Changed(var commit, _) -> executed(leased, task, commit);
      case Captured.Unchanged _ ->
          new RunCommand.ReportUnchanged(task.step().id(), attempt.number());
    };
  }

  private RunCommand executed(LeasedTask leased, Task.Execute task, CommitId commit)
      throws IOException {
    CommitId from = task.attempt().from();
    List<FileChange> changes = workshop.git().changes(leased.project(), from, commit);
    keep(
        leased,
        task,
        "change.diff",
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
