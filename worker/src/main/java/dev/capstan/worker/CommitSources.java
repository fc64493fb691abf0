package dev.capstan.worker;

import dev.capstan.core.CommitId;
import dev.capstan.core.ProjectId;
import dev.capstan.verification.Submission.Sources;
import dev.capstan.workspace.git.GitStore;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/** The files of a commit, read from the project's mirror. */
record CommitSources(GitStore git, ProjectId project, CommitId commit) implements Sources {
  private static final int LARGEST = 1 << 20;
  private static final int LARGE = 32 << 20;

  @Override
  public List<String> paths() {
    return git.paths(project, commit);
  }

  @Override
  public Optional<String> text(String path) {
    return text(path, LARGEST);
  }

  @Override
  public Optional<String> largeText(String path) {
    return text(path, LARGE);
  }

  @Override
  public List<String> pointers() {
    return git.inventory(project, commit).pointers();
  }

  private Optional<String> text(String path, int maxBytes) {
    return git.content(project, commit, path, maxBytes)
        .map(bytes -> new String(bytes, StandardCharsets.UTF_8));
  }
}
