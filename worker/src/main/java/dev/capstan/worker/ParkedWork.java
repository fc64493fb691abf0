package dev.capstan.worker;

import dev.capstan.control.LeasedTask;
import dev.capstan.core.CommitId;
import dev.capstan.core.run.Task;
import dev.capstan.worker.WorkFolders.Folder;
import dev.capstan.workspace.git.GitFailure;
import java.time.Instant;
import java.util.Optional;

/**
 * What an agent has made when its work ends, kept on this machine. Where that end does not count,
 * since the run was halted meanwhile, the same attempt goes on from there: what its models were
 * paid for is not lost. It begins afresh if another machine goes on with it.
 */
final class ParkedWork {
  private final Workshop workshop;
  private final Journal journal;
  private final LeasedTask leased;
  private final CommitId from;
  private final String ref;

  ParkedWork(
      Workshop workshop, Journal journal, LeasedTask leased, Task.Execute task, Entrant entrant) {
    this.workshop = workshop;
    this.journal = journal;
    this.leased = leased;
    this.from = task.attempt().from();
    this.ref = entrant.parked(leased.run(), task);
  }

  /** Where it goes on; {@code otherwise} if nothing was kept. */
  CommitId orElse(CommitId otherwise) {
    Optional<CommitId> kept = workshop.git().kept(leased.project(), ref);
    kept.ifPresent(_ -> journal.note("goes on with what it had made before it was stopped"));
    return kept.orElse(otherwise);
  }

  /** Also where whoever halts the run interrupts this thread just then. */
  void park(Folder folder) {
    boolean interrupted = Thread.interrupted();
    try {
      keep(folder);
    } catch (GitFailure _) {
      interrupted |= Thread.interrupted();
      keepOnce(folder);
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private void keepOnce(Folder folder) {
    try {
      keep(folder);
    } catch (GitFailure failure) {
      journal.note("what the attempt has made could not be kept: " + failure.getMessage());
    }
  }

  private void keep(Folder folder) {
    var _ = workshop.git().rescue(leased.project(), folder.tree(), from, ref, Instant.now());
  }
}
