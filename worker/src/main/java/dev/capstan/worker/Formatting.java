package dev.capstan.worker;

import dev.capstan.control.LeasedTask;
import dev.capstan.core.CommitId;
import dev.capstan.core.ProjectId;
import dev.capstan.core.run.Task;
import dev.capstan.sandbox.Bind;
import dev.capstan.sandbox.Network;
import dev.capstan.verification.Reports.CommandResult;
import dev.capstan.verification.Reports.CommandResult.Ending;
import dev.capstan.worker.Commands.Surroundings;
import dev.capstan.worker.WorkFolders.Folder;
import dev.capstan.workspace.git.GitFailure;
import dev.capstan.workspace.git.GitStore;
import dev.capstan.workspace.git.GitStore.Captured;
import dev.capstan.workspace.git.GitStore.CommitText;
import dev.capstan.workspace.git.GitStore.FileChange;
import dev.capstan.workspace.toolchain.Detection;
import dev.capstan.workspace.toolchain.Formatter;
import dev.capstan.workspace.toolchain.Toolchain;
import dev.capstan.workspace.toolchain.Toolchains;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.Lock;

/**
 * Lets the project's own formatter have the files that an attempt changed, in the sandbox, without
 * a network. It never blocks: where it fails, the change stays as it is, and the log and an
 * artifact of the attempt say so.
 */
final class Formatting {
  private static final Duration LIMIT = Duration.ofMinutes(5);
  private static final int MOST_FILES = 1_000;
  private static final int LARGEST_SIGN = 1 << 20;

  private final Workshop workshop;
  private final Journal journal;
  private final LeasedTask leased;
  private final Task.Execute task;
  private final List<String> words = new ArrayList<>();

  Formatting(Workshop workshop, Journal journal, LeasedTask leased, Task.Execute task) {
    this.workshop = workshop;
    this.journal = journal;
    this.leased = leased;
    this.task = task;
  }

  /**
   * The change with its files formatted, or as it was.
   *
   * @param commit what was captured from the folder
   * @param ref that keeps it, and then what takes its place
   */
  CommitId of(Folder folder, CommitId commit, CommitText text, String ref)
      throws IOException, InterruptedException {
    try {
      List<String> formatted = new ArrayList<>();
      List<String> by = new ArrayList<>();
      for (Formatter formatter : formatters(commit)) {
        List<String> files = files(formatter, commit);
        if (!files.isEmpty() && format(formatter, files, folder)) {
          formatted.addAll(files);
          by.add(formatter.argv().getFirst() + " (" + formatter.because() + ")");
        }
      }
      if (formatted.isEmpty()) {
        return commit;
      }
      words.add("formatter: " + String.join(" and ", by));
      return kept(folder, commit, formatted, text, ref);
    } catch (GitFailure | IllegalArgumentException unusable) {
      return left(commit, String.valueOf(unusable.getMessage()));
    }
  }

  /** What became of it, in sentences for a report; empty if there is no formatter. */
  String word() {
    return String.join("; ", words);
  }

  private CommitId left(CommitId commit, String why) {
    say("not formatted, the change stays as it is: " + why);
    return commit;
  }

  private void say(String word) {
    journal.note(word);
    words.add(word);
  }

  /** A change that says how it is formatted is not heard: nobody has agreed to it. */
  private List<Formatter> formatters(CommitId commit) {
    GitStore git = workshop.git();
    ProjectId project = leased.project();
    List<Formatter> found =
        Formatter.find(path ->
            git.content(project, commit, path, LARGEST_SIGN)
                .map(bytes -> new String(bytes, StandardCharsets.UTF_8)));
    CommitId base = RunUnderWay.of(workshop, leased).base().commit();
    if (found.stream().anyMatch(Formatter::configured)
        && Trust.of(git, project, base, commit) == Trust.CHANGED_CONFIGURATION) {
      left(
          commit, "the run has altered " + Toolchain.CONFIGURATION + ", which names the formatter");
      return List.of();
    }
    return found;
  }

  private List<String> files(Formatter formatter, CommitId commit) {
    List<String> files =
        workshop.git().changes(leased.project(), task.attempt().from(), commit).stream()
            .filter(Formatting::isText)
            .map(FileChange::path)
            .filter(formatter.files()::allows)
            .toList();
    if (files.size() > MOST_FILES) {
      left(commit, files.size() + " files are too many for one command");
      return List.of();
    }
    return files;
  }

  private static boolean isText(FileChange change) {
    return switch (change.kind()) {
      case ADDED, MODIFIED -> !change.binary() && change.path().indexOf('\\') < 0;
      case DELETED, LINK, SUBMODULE -> false;
    };
  }

  /** False if it did not end well. */
  private boolean format(Formatter formatter, List<String> files, Folder folder)
      throws IOException, InterruptedException {
    List<String> argv = formatter.command(files);
    Lock lock = workshop.caches().lock(leased.project()).readLock();
    lock.lockInterruptibly();
    try {
      Surroundings surroundings =
          new Surroundings(
              folder.tree(), binds(folder), workshop.system().environment(), Network.NONE);
      CommandResult result =
          new Commands(workshop, journal, leased).run(argv, surroundings, LIMIT, journal);
      boolean well = result.ending() instanceof Ending.Ended(var code) && code == 0;
      if (!well) {
        say("not formatted, the change stays as it is: " + CommandResults.inWords(argv, result));
      }
      return well;
    } finally {
      lock.unlock();
    }
  }

  /** With what set-up has brought, as the project's own formatter may be among it. */
  private List<Bind> binds(Folder folder) throws IOException {
    if (Toolchains.detect(folder.tree()) instanceof Detection.Found(var toolchain)) {
      Recipe recipe = Fingerprints.recipe(toolchain, folder.tree());
      new Prepared(workshop.caches(), leased.project(), recipe).bring(folder.tree());
      return new Measurer(workshop, journal, leased).binds(folder, toolchain, Network.NONE);
    }
    List<Bind> binds = new ArrayList<>(workshop.system().binds(Network.NONE));
    binds.add(Bind.ReadOnly.of(workshop.git().objects(leased.project())));
    binds.add(Bind.Writable.of(folder.tree()));
    return binds;
  }

  /** What it made of the files; what it did elsewhere is put back. */
  private CommitId kept(
      Folder folder, CommitId commit, List<String> files, CommitText text, String ref) {
    GitStore git = workshop.git();
    ProjectId project = leased.project();
    CommitId from = task.attempt().from();
    String aside = HiddenRefs.formatted(leased.run(), task.step().id(), task.attempt().number());
    if (!(git.capture(project, folder.tree(), commit, text, aside)
        instanceof Captured.Changed(var after, _))) {
      return asItWas(commit, files);
    }
    Set<String> elsewhere = new HashSet<>();
    git.changes(project, commit, after).forEach(change -> elsewhere.add(change.path()));
    files.forEach(elsewhere::remove);
    CommitId formatted = git.overlay(project, commit, after, files);
    if (!elsewhere.isEmpty()) {
      say("put back what the formatter changed beside the attempt's files: " + elsewhere);
    }
    if (formatted.equals(commit)) {
      return asItWas(commit, files);
    }
    if (git.tree(project, formatted).equals(git.tree(project, from))) {
      return left(commit, "the formatter leaves nothing of it");
    }
    say("formatted " + git.changes(project, commit, formatted).size() + " of the changed files");
    return git.restate(project, formatted, from, text, ref);
  }

  private CommitId asItWas(CommitId commit, List<String> files) {
    words.add("nothing to change in " + files.size() + " changed files");
    return commit;
  }
}
