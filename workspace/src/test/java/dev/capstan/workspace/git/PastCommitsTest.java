package dev.capstan.workspace.git;

import static org.assertj.core.api.Assertions.assertThat;

import dev.capstan.core.CommitId;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What commits changed, by the names that files have in the end. */
final class PastCommitsTest {
  @TempDir Path temporary;

  @Test
  void a_file_goes_by_the_name_that_it_has_in_the_end_through_all_its_renamings() {
    SourceRepository repository = SourceRepository.empty(temporary.resolve("source"));
    repository.write("old name.txt", "one\ntwo\nthree\nfour\n").commit("Add it\n\nFor a reason.");
    repository.git("mv", "old name.txt", "second.txt");
    repository.commit("Rename it");
    repository
        .write("old name.txt", "something else\nof other lines\n")
        .commit("Use the name anew");
    repository.git("mv", "second.txt", "third.txt");
    repository.commit("Rename it again");

    assertThat(history(repository, 10))
        .containsExactly(
            new PastCommit("Rename it again", List.of("third.txt")),
            new PastCommit("Use the name anew", List.of("old name.txt")),
            new PastCommit("Rename it", List.of("third.txt")),
            new PastCommit("Add it\n\nFor a reason.", List.of("third.txt")));
    assertThat(history(repository, 2)).hasSize(2);
  }

  @Test
  void a_merge_counts_once_with_all_that_it_brought() {
    SourceRepository repository = SourceRepository.small(temporary.resolve("source"));
    repository.git("checkout", "-q", "-b", "side");
    repository.write("side.txt", "side\n").commit("On the side");
    repository.git("checkout", "-q", "main");
    repository.git("merge", "-q", "--no-ff", "-m", "Merge the side", "side");

    assertThat(history(repository, 1))
        .containsExactly(new PastCommit("Merge the side", List.of("side.txt")));
  }

  @Test
  void a_work_tree_without_a_commit_has_no_history() {
    SourceRepository repository = SourceRepository.empty(temporary.resolve("source"));

    try (SourceTree tree = SourceTree.working(repository.folder())) {
      assertThat(tree.head()).isEmpty();
      assertThat(tree.history(5)).isEmpty();
    }
  }

  private static List<PastCommit> history(SourceRepository repository, int most) {
    Path gitFolder = repository.folder().resolve(".git");
    try (SourceTree tree = SourceTree.of(gitFolder, new CommitId(repository.head()))) {
      return tree.history(most);
    }
  }
}
