package dev.capstan.server.knowledge;

import dev.capstan.core.CommitId;
import dev.capstan.core.ProjectId;
import dev.capstan.knowledge.index.View;
import dev.capstan.workspace.git.GitFailure;
import dev.capstan.workspace.git.GitStore;
import dev.capstan.workspace.git.GitStore.FileChange;
import java.util.List;

/**
 * How indexed trees stand to their branches in the mirror. What differs between two commits is
 * found by git from the hashes of folders and files, so nothing that is the same is read. Safe for
 * many threads.
 */
public final class TreeStates {
  private final GitStore git;

  public TreeStates(GitStore git) {
    this.git = git;
  }

  /** How a tree stands to its branch. */
  public sealed interface TreeState {
    /** Its branch is where it was indexed. */
    record Current() implements TreeState {}

    /** Its branch is at another commit, where these files differ. */
    record Stale(CommitId tip, List<FileChange> changes) implements TreeState {
      public Stale {
        changes = List.copyOf(changes);
      }
    }

    /** It is a commit. */
    record Fixed() implements TreeState {}

    /** A work tree, or its branch is not in this server's mirror. */
    record Unknown() implements TreeState {}
  }

  public TreeState of(ProjectId project, View view) {
    if (view.commit().isEmpty()) {
      return new TreeState.Unknown();
    }
    if (view.commit().equals(view.name())) {
      return new TreeState.Fixed();
    }
    try {
      CommitId tip = git.resolve(project, view.name()).commit();
      return tip.value().equals(view.commit())
          ? new TreeState.Current()
          : new TreeState.Stale(tip, git.changes(project, new CommitId(view.commit()), tip));
    } catch (GitFailure _) {
      return new TreeState.Unknown();
    }
  }
}
