package dev.capstan.workspace.forge;

import dev.capstan.core.CommitId;
import dev.capstan.core.ProjectId;
import dev.capstan.workspace.git.GitFolders;
import dev.capstan.workspace.git.GitStore;
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

  @Override
  public void push(ProjectId project, CommitId commit, String branch) {
    Path repository = folder.resolve(project.value() + ".git");
    GitFolders.makeBare(repository);
    git.push(project, commit, repository.toString(), branch);
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
  public List<Opened> list(ProjectId project) {
    return pulls(project).list();
  }

  private PullFolder pulls(ProjectId project) {
    return new PullFolder(folder.resolve(project.value() + ".pulls"));
  }
}
