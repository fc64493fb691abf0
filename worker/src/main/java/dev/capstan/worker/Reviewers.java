package dev.capstan.worker;

import dev.capstan.core.CommitId;
import dev.capstan.core.ProjectId;
import dev.capstan.workspace.forge.CodeOwners;
import dev.capstan.workspace.git.GitStore;
import dev.capstan.workspace.git.GitStore.FileChange;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Who is asked to look at a change: the owners of its files, as the base commit names them. */
final class Reviewers {
  private static final int MOST_FILES = 1_000;

  private Reviewers() {}

  /** Nothing that the run changed has a say in who looks at it. */
  static List<String> of(
      GitStore git, ProjectId project, CommitId base, CommitId from, CommitId to) {
    for (String place : CodeOwners.PLACES) {
      var text = git.content(project, base, place, CodeOwners.LARGEST);
      if (text.isPresent()) {
        List<String> changed =
            git.changes(project, from, to).stream()
                .map(FileChange::path)
                .limit(MOST_FILES)
                .toList();
        return CodeOwners.parse(new String(text.get(), StandardCharsets.UTF_8)).of(changed);
      }
    }
    return List.of();
  }
}
