package dev.capstan.workspace.git;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.capstan.core.CommitId;
import dev.capstan.core.ProjectId;
import dev.capstan.workspace.git.GitStore.Captured;
import dev.capstan.workspace.git.GitStore.CommitText;
import dev.capstan.workspace.git.GitStore.FileChange;
import dev.capstan.workspace.git.GitStore.FileChange.Kind;
import dev.capstan.workspace.git.GitStore.Resolved;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GitFoldersTest {
  private static final ProjectId PROJECT = new ProjectId("shop");
  private static final CommitText TEXT =
      new CommitText("Mend the app", Instant.parse("2026-01-02T03:04:05Z"));
  private static final String REF = "refs/capstan/attempts/one";

  @TempDir Path folder;
  private SourceRepository source;
  private GitFolders git;
  private Path work;

  @BeforeEach
  void make_a_mirror() throws InterruptedException {
    source = SourceRepository.small(folder.resolve("source"));
    git = new GitFolders(folder.resolve("root"), Duration.ofMillis(1));
    git.mirror(PROJECT, source.folder().toString());
    work = folder.resolve("root/work/one");
  }

  private CommitId base() {
    return git.resolve(PROJECT, "").commit();
  }

  @Test
  void the_default_branch_is_that_of_the_source() {
    assertThat(git.resolve(PROJECT, ""))
        .isEqualTo(new Resolved(new CommitId(source.head()), "main"));
  }

  @Test
  void a_work_folder_is_a_clone_in_which_git_works() {
    git.checkOut(PROJECT, base(), work);

    assertThat(work.resolve("src/App.java")).hasContent("class App {}\n");
    assertThat(SourceRepository.run(work, "status", "--porcelain")).isEmpty();
    assertThat(SourceRepository.run(work, "config", "core.bare")).isEqualTo("false");
    assertThat(work.resolve(".git/config")).content().doesNotContain("worktree");
    assertThat(SourceRepository.run(work, "log", "--format=%s")).isEqualTo("First");
    SourceRepository.writeBelow(work, "new.txt", "new");
    SourceRepository.run(work, "add", "-A");
    SourceRepository.run(work, "commit", "-q", "-m", "An agent's own commit");
    assertThat(SourceRepository.run(work, "fsck")).doesNotContain("missing");
  }

  @Test
  void a_captured_change_is_a_commit_by_capstan_at_the_given_time_and_kept() throws Exception {
    git.checkOut(PROJECT, base(), work);
    SourceRepository.writeBelow(work, "src/App.java", "class App { int x; }\n");
    SourceRepository.writeBelow(work, "src/New.java", "class New {}\n");
    SourceRepository.writeBelow(work, "target/ignored.txt", "ignored");
    Files.delete(work.resolve("README.md"));

    Captured.Changed changed = (Captured.Changed) git.capture(PROJECT, work, base(), TEXT, REF);

    assertThat(changed.refused()).isEmpty();
    assertThat(git.changes(PROJECT, base(), changed.commit()))
        .containsExactly(
            new FileChange("README.md", Kind.DELETED, 0, 3, false, false),
            new FileChange("src/App.java", Kind.MODIFIED, 1, 1, false, false),
            new FileChange("src/New.java", Kind.ADDED, 1, 0, false, false));
    assertThat(
            SourceRepository.run(
                mirror(), "log", "-1", "--format=%an <%ae> %aI %cn <%ce> %cI %s", REF))
        .isEqualTo(
            "Capstan <capstan@localhost> 2026-01-02T03:04:05+00:00 "
                + "Capstan <capstan@localhost> 2026-01-02T03:04:05+00:00 Mend the app");
    assertThat(git.capture(PROJECT, work, base(), TEXT, REF)).isEqualTo(changed);
  }

  @Test
  void an_untouched_work_folder_has_no_change() {
    git.checkOut(PROJECT, base(), work);

    assertThat(git.capture(PROJECT, work, base(), TEXT, REF))
        .isEqualTo(new Captured.Unchanged(List.of()));
    assertThat(git.rescue(PROJECT, work, base(), REF, Instant.EPOCH)).isEmpty();
  }

  @Test
  void what_was_not_finished_is_rescued() {
    git.checkOut(PROJECT, base(), work);
    SourceRepository.writeBelow(work, "half.txt", "half");

    assertThat(git.rescue(PROJECT, work, base(), REF, Instant.EPOCH)).isPresent();
    assertThat(SourceRepository.run(mirror(), "show", REF + ":half.txt")).isEqualTo("half");
  }

  @Test
  void a_work_folder_that_is_not_empty_is_refused() {
    SourceRepository.writeBelow(work, "old.txt", "old");

    assertThatThrownBy(() -> git.checkOut(PROJECT, base(), work))
        .isInstanceOf(GitFailure.class)
        .hasMessageContaining("is not empty; discard it first");
  }

  @Test
  void a_ref_outside_our_own_place_is_refused() {
    assertThatThrownBy(() -> git.keep(PROJECT, "refs/heads/main", base()))
        .isInstanceOf(GitFailure.class)
        .hasMessageContaining("not a ref below refs/capstan/");
  }

  @Test
  void a_long_diff_is_cut_with_a_last_line_that_says_so() {
    git.checkOut(PROJECT, base(), work);
    SourceRepository.writeBelow(work, "long.txt", "line\n".repeat(1000));
    Captured.Changed changed = (Captured.Changed) git.capture(PROJECT, work, base(), TEXT, REF);

    assertThat(git.diff(PROJECT, base(), changed.commit(), 100_000))
        .startsWith("diff --git a/long.txt b/long.txt")
        .doesNotContain("was cut");
    assertThat(git.diff(PROJECT, base(), changed.commit(), 500))
        .endsWith("+line\n[the diff is longer than 500 bytes and was cut here]\n")
        .hasSizeLessThan(600);
  }

  private Path mirror() {
    return folder.resolve("root/mirrors/shop.git");
  }

  @Test
  void what_a_crash_left_half_deleted_is_cleared_but_a_mirror_set_aside_is_kept()
      throws IOException {
    Path scratch = Files.createDirectories(folder.resolve("root/scratch"));
    Files.createDirectories(scratch.resolve("half-deleted/deep"));
    Files.writeString(scratch.resolve("index"), "DIRC");
    Files.createDirectories(scratch.resolve("shop.git.broken.1"));

    git.clearUnfinished();

    assertThat(scratch).isDirectoryContaining("glob:**/shop.git.broken.1");
    try (Stream<Path> left = Files.list(scratch)) {
      assertThat(left).hasSize(1);
    }
  }
}
