package dev.capstan.worker;

import dev.capstan.control.LeasedTask;
import dev.capstan.core.CommitId;
import dev.capstan.core.ProjectId;
import dev.capstan.core.RunId;
import dev.capstan.core.StepId;
import dev.capstan.core.run.Task;
import dev.capstan.worker.WorkFolders.Folder;
import dev.capstan.workspace.git.GitFailure;
import dev.capstan.workspace.git.GitStore;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What an attempt had made when each of its turns ended, under hidden refs: what its models were
 * paid for is not lost. Where its end does not count, since its run was halted or its machine died,
 * the same attempt goes on from there; where it failed, the next one does if a person wants it to.
 * For one thread.
 */
public final class Turns {
  private final Workshop workshop;
  private final Journal journal;
  private final ProjectId project;
  private final CommitId from;
  private final String refs;

  /** How many are kept, unless that is to be counted. */
  private OptionalInt kept = OptionalInt.empty();

  Turns(Workshop workshop, Journal journal, LeasedTask leased, Task.Execute task, Entrant entrant) {
    this.workshop = workshop;
    this.journal = journal;
    this.project = leased.project();
    this.from = task.attempt().from();
    this.refs = entrant.turns(leased.run(), task);
  }

  /** What an attempt has left: its last turn, or what it handed in; empty if it changed nothing. */
  public static Optional<CommitId> last(
      GitStore git, ProjectId project, RunId run, StepId step, int attempt) {
    return last(git, project, HiddenRefs.turns(run, step, attempt))
        .or(() -> git.kept(project, HiddenRefs.made(run, step, attempt)));
  }

  private static Optional<CommitId> last(GitStore git, ProjectId project, String refs) {
    int count = count(git, project, refs);
    return count == 0 ? Optional.empty() : git.kept(project, refs + count);
  }

  private static int count(GitStore git, ProjectId project, String refs) {
    int count = 0;
    while (git.kept(project, refs + (count + 1)).isPresent()) {
      count++;
    }
    return count;
  }

  /** The ref of the turn that is not kept yet. */
  static String next(GitStore git, ProjectId project, String refs) {
    return refs + (count(git, project, refs) + 1);
  }

  /** Of its refs, up to their number. */
  String refs() {
    return refs;
  }

  /** Where the attempt goes on; {@code otherwise} if it begins. */
  CommitId orElse(CommitId otherwise) {
    Optional<CommitId> kept = last(workshop.git(), project, refs);
    kept.ifPresent(_ -> journal.note("goes on with what it had made before it was stopped"));
    return kept.orElse(otherwise);
  }

  /**
   * Keeps what the folder holds.
   *
   * @return the commit that holds it
   */
  CommitId take(Folder folder) {
    GitStore git = workshop.git();
    int before = kept.isPresent() ? kept.getAsInt() : count(git, project, refs);
    kept = OptionalInt.empty(); // unless all of the rest succeeds
    String ref = refs + (before + 1);
    Optional<CommitId> taken = git.rescue(project, folder.tree(), from, ref, Instant.now());
    boolean back = taken.isEmpty() && before > 0;
    if (back) {
      git.keep(project, ref, from);
    }
    kept = OptionalInt.of(taken.isPresent() || back ? before + 1 : before);
    return taken.orElse(from);
  }

  /**
   * The same, also where whoever stops the attempt interrupts this thread just then. What cannot be
   * kept must not hide how the attempt ended.
   *
   * @return the commit that holds it; empty if it could not be kept
   */
  Optional<CommitId> keep(Folder folder) {
    boolean interrupted = Thread.interrupted();
    try {
      return Optional.of(take(folder));
    } catch (GitFailure failure) {
      boolean again = Thread.interrupted();
      interrupted |= again;
      return again ? keepOnce(folder) : lost(failure);
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private Optional<CommitId> keepOnce(Folder folder) {
    try {
      return Optional.of(take(folder));
    } catch (GitFailure failure) {
      return lost(failure);
    }
  }

  private Optional<CommitId> lost(GitFailure failure) {
    journal.note("what the attempt has made could not be kept: " + failure.getMessage());
    return Optional.empty();
  }
}
