package dev.capstan.workspace.forge;

import dev.capstan.core.CommitId;
import dev.capstan.core.ProjectId;
import dev.capstan.workspace.git.GitFailure;
import dev.capstan.workspace.git.GitFolders;
import dev.capstan.workspace.git.GitStore;
import dev.capstan.workspace.git.ProjectLock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/**
 * A forge in folders of this machine: branches in the bare repository {@code
 * <root>/forge/<project>.git}, pull requests as files in {@code <root>/forge/<project>.pulls}.
 */
public final class LocalForge implements Forge {
  private final Path folder;
  private final GitStore git;
  private final InstantSource clock;

  public LocalForge(Path root, GitStore git, InstantSource clock) {
    this.folder = root.toAbsolutePath().normalize().resolve("forge");
    this.git = git;
    this.clock = clock;
  }

  /** One push at a time for a project, of all servers. */
  @Override
  public void push(ProjectId project, CommitId commit, String branch) {
    try (ProjectLock _ = ProjectLock.take(folder.resolve(project.value() + ".push"))) {
      pushAlone(project, commit, branch);
    } catch (InterruptedException interruption) {
      Thread.currentThread().interrupt();
      throw new ForgeFailure("interrupted before " + branch + " was pushed", interruption);
    }
  }

  private void pushAlone(ProjectId project, CommitId commit, String branch) {
    Path repository = folder.resolve(project.value() + ".git");
    GitFolders.makeBare(repository);
    try {
      git.push(project, commit, repository.toString(), branch);
    } catch (GitFailure failure) {
      if (!removeLock(repository, branch)) {
        throw failure;
      }
      git.push(project, commit, repository.toString(), branch);
    }
  }

  /**
   * Only pushes of ours take it, one at a time, and git has waited for it already: who made it was
   * killed. False if there is none.
   */
  private static boolean removeLock(Path repository, String branch) {
    try {
      return Files.deleteIfExists(repository.resolve("refs/heads/" + branch + ".lock"));
    } catch (IOException failure) {
      throw new ForgeFailure("the stale lock of " + branch + " can't be removed", failure);
    }
  }

  @Override
  public Optional<Opened> find(ProjectId project, String key) {
    return pulls(project).find(key);
  }

  @Override
  public Opened open(Draft draft) {
    PullFolder pulls = pulls(draft.project());
    return pulls.find(draft.key()).orElseGet(() -> pulls.open(draft, clock.instant()));
  }

  @Override
  public void attach(ProjectId project, String key, String name, String text) {
    pulls(project).attach(key, name, text);
  }

  @Override
  public List<Opened> list(ProjectId project) {
    return pulls(project).list();
  }

  private PullFolder pulls(ProjectId project) {
    return new PullFolder(folder.resolve(project.value() + ".pulls"));
  }
}
