package dev.capstan.workspace.git;

import static org.assertj.core.api.Assertions.assertThat;

import dev.capstan.core.CommitId;
import dev.capstan.core.ProjectId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OverlayTest {
  private static final ProjectId PROJECT = new ProjectId("shop");

  @TempDir Path folder;
  private Path source;
  private GitFolders git;
  private SourceRepository repository;

  @BeforeEach
  void make_a_source() {
    repository = SourceRepository.small(folder.resolve("source"));
    source = repository.folder();
    git = new GitFolders(folder.resolve("root"));
  }

  @Test
  void paths_are_as_the_other_commit_has_them_or_away() throws Exception {
    write("tests/a.sh", "one");
    write("tests/b.sh", "one");
    assertThat(source.resolve("tests/b.sh").toFile().setExecutable(true)).isTrue();
    CommitId base = commit();
    write("tests/a.sh", "two");
    Files.delete(source.resolve("tests/b.sh"));
    write("tests/new.sh", "two");
    write("code.txt", "two");
    CommitId change = commit();
    git.mirror(PROJECT, source.toString());

    Path tree = checkedOut(change, base, "tests/a.sh", "tests/b.sh", "tests/new.sh");

    assertThat(tree.resolve("tests/a.sh")).hasContent("one");
    assertThat(tree.resolve("tests/b.sh")).hasContent("one").isExecutable();
    assertThat(tree.resolve("tests/new.sh")).doesNotExist();
    assertThat(tree.resolve("code.txt")).hasContent("two");
  }

  @Test
  void a_folder_that_became_a_link_is_a_folder_again() throws Exception {
    write("tests/a.sh", "one");
    CommitId base = commit();
    Files.delete(source.resolve("tests/a.sh"));
    Files.delete(source.resolve("tests"));
    write("elsewhere/a.sh", "two");
    Files.createSymbolicLink(source.resolve("tests"), Path.of("elsewhere"));
    CommitId change = commit();
    git.mirror(PROJECT, source.toString());

    Path tree = checkedOut(change, base, "tests", "tests/a.sh");

    assertThat(tree.resolve("tests")).isDirectory().matches(path -> !Files.isSymbolicLink(path));
    assertThat(tree.resolve("tests/a.sh")).hasContent("one");
    assertThat(tree.resolve("elsewhere/a.sh")).hasContent("two");
  }

  @Test
  void the_same_tree_is_the_same_commit() throws Exception {
    CommitId head = commit();
    git.mirror(PROJECT, source.toString());

    assertThat(git.overlay(PROJECT, head, head, List.of("code.txt"))).isEqualTo(head);
    assertThat(git.overlay(PROJECT, head, head, List.of())).isEqualTo(head);
  }

  private Path checkedOut(CommitId change, CommitId base, String... paths) {
    Path tree = folder.resolve("tree");
    git.checkOut(PROJECT, git.overlay(PROJECT, change, base, List.of(paths)), tree);
    return tree;
  }

  private void write(String path, String text) throws IOException {
    Files.createDirectories(source.resolve(path).getParent());
    Files.writeString(source.resolve(path), text);
  }

  private CommitId commit() {
    repository.git("add", "--all");
    repository.git("commit", "--quiet", "--allow-empty", "-m", "Change");
    return new CommitId(repository.head());
  }
}
