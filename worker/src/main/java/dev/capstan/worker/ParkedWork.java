package dev.capstan.worker;

import dev.capstan.control.LeasedTask;
import dev.capstan.core.CommitId;
import dev.capstan.core.run.Task;
import dev.capstan.worker.WorkFolders.Folder;
import dev.capstan.workspace.git.GitFailure;
import java.time.Instant;
import java.util.Optional;

/**
 * What an agent had made when it was stopped in the middle, kept on this machine: it goes on from
 * there, so that what its models were paid for is not lost. It begins afresh if another machine
 * goes on with it.
 */
final class ParkedWork {
  private final Workshop workshop;
  private final Journal journal;
  private final LeasedTask leased;
  private final CommitId from;
  private final String ref;

  ParkedWork(Workshop workshop, Journal journal, LeasedTask leased, Task.Execute task) {
    this.workshop = workshop;
    this.journal = journal;
    this.leased = leased;
    this.from = task.attempt().from();
    this.ref = HiddenRefs.parked(leased.run(), task.step().id(), task.attempt().number(), from);
  }

  private Optional<CommitId> find() {
    return workshop.git().kept(leased.project(), ref).filter(commit -> !commit.equals(from));
  }

  /** Where it goes on; {@code otherwise} if nothing was kept. */
  CommitId orElse(CommitId otherwise) {
    Optional<CommitId> kept = find();
    kept.ifPresent(_ -> journal.note("goes on with what it had made before it was stopped"));
    return kept.orElse(otherwise);
  }

  void park(Folder folder) {
    try {
      if (workshop.git().rescue(leased.project(), folder.tree(), from, ref, Instant.now())) {
        journal.note("stopped; what it has made is kept for when it goes on");
      }
    } catch (GitFailure failure) {
      journal.note("what the attempt has made could not be kept: " + failure.getMessage());
    }
  }

  /** The attempt has ended, and nothing of it is gone on with. */
  void forget() {
    if (find().isPresent()) {
      workshop.git().keep(leased.project(), ref, from);
    }
  }
}
