package dev.capstan.workspace.git;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.capstan.core.CommitId;
import dev.capstan.core.ProjectId;
import dev.capstan.workspace.git.GitStore.Captured;
import dev.capstan.workspace.git.GitStore.CommitText;
import dev.capstan.workspace.git.GitStore.FileChange;
import dev.capstan.workspace.git.GitStore.Integrated;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IntegrationTest {
  private static final ProjectId PROJECT = new ProjectId("shop");

  @TempDir Path folder;
  private GitFolders git;
  private CommitId base;

  @BeforeEach
  void make_a_mirror() throws InterruptedException {
    SourceRepository source = SourceRepository.small(folder.resolve("source"));
    source.write("README.md", "1\n2\n3\n4\n5\n6\n7\n8\n9\n").commit("Lines");
    git = new GitFolders(folder.resolve("root"), Duration.ofMillis(1));
    git.mirror(PROJECT, source.folder().toString());
    base = git.resolve(PROJECT, "").commit();
  }

  private CommitId step(String name, String path, String text) {
    Path work = folder.resolve("root/work").resolve(name);
    git.checkOut(PROJECT, base, work);
    SourceRepository.writeBelow(work, path, text);
    CommitText message = new CommitText(name + "\n\nwhy\n", Instant.ofEpochSecond(1_700_000_000));
    return ((Captured.Changed)
            git.capture(PROJECT, work, base, message, "refs/capstan/attempts/" + name))
        .commit();
  }

  private CommitId onto(CommitId tip, CommitId step) {
    return ((Integrated.Onto) git.integrate(PROJECT, tip, step)).tip();
  }

  private String show(String... arguments) {
    return SourceRepository.run(folder.resolve("root/mirrors/shop.git"), arguments);
  }

  @Test
  void parallel_steps_become_one_line_of_commits() {
    CommitId first = step("first", "README.md", "one\n2\n3\n4\n5\n6\n7\n8\n9\n");
    CommitId second = step("second", "README.md", "1\n2\n3\n4\n5\n6\n7\n8\nnine\n");

    assertThat(onto(base, first)).isEqualTo(first);
    CommitId tip = onto(first, second);

    assertThat(show("show", tip + ":README.md")).isEqualTo("one\n2\n3\n4\n5\n6\n7\n8\nnine");
    assertThat(show("log", "-1", "--format=%P|%an|%at|%cn|%ct|%B", tip.value()))
        .isEqualTo(first + "|Capstan|1700000000|Capstan|1700000000|second\n\nwhy");
    assertThat(git.changes(PROJECT, first, tip))
        .extracting(FileChange::path)
        .containsExactly("README.md");
  }

  @Test
  void the_same_arguments_give_the_same_commit() {
    CommitId first = step("first", "a.txt", "a\n");
    CommitId second = step("second", "b.txt", "b\n");

    assertThat(onto(first, second)).isEqualTo(onto(first, second)).isNotEqualTo(second);
  }

  @Test
  void a_change_that_is_already_there_gives_the_tip() {
    CommitId first = step("first", "a.txt", "a\n");
    CommitId same = step("same", "a.txt", "a\n");
    CommitId tip = onto(first, step("second", "b.txt", "b\n"));

    assertThat(onto(tip, same)).isEqualTo(tip);
  }

  @Test
  void changes_that_clash_are_named() {
    CommitId first = step("first", "README.md", "one\n");
    CommitId second = step("second", "README.md", "two\n");

    assertThat(git.integrate(PROJECT, first, second))
        .isEqualTo(
            new Integrated.Conflict(
                List.of(
                    new Integrated.Clash(
                        "README.md",
                        List.of(
                            "<<<<<<< the run's branch",
                            "one",
                            "=======",
                            "two",
                            ">>>>>>> the step")))));
  }

  @Test
  void of_a_large_clash_both_sides_are_shown_in_part() {
    CommitId first = step("first", "README.md", "<<<<<<< mine\n" + "one\n".repeat(50));
    CommitId second = step("second", "README.md", "two\n".repeat(90) + "x".repeat(300) + "\n");

    Integrated.Clash clash =
        ((Integrated.Conflict) git.integrate(PROJECT, first, second)).clashes().getFirst();

    assertThat(clash.lines())
        .hasSizeLessThanOrEqualTo(40)
        .contains("<<<<<<< mine", "one", "… 34 more lines", "two", "… 74 more lines");
  }

  @Test
  void a_commit_without_a_parent_is_refused() {
    CommitId root = new CommitId(show("rev-list", "--max-parents=0", base.value()));

    assertThatThrownBy(() -> git.integrate(PROJECT, base, root))
        .isInstanceOf(GitFailure.class)
        .hasMessageContaining("has 0 parents");
  }

  @Test
  void a_branch_is_pushed_but_never_by_force() {
    CommitId first = step("first", "a.txt", "a\n");
    CommitId second = step("second", "b.txt", "b\n");
    String remote = folder.resolve("source").toString();
    git.push(PROJECT, first, remote, "capstan/run");
    git.push(PROJECT, first, remote, "capstan/run");
    git.push(PROJECT, onto(first, second), remote, "capstan/run");

    assertThatThrownBy(() -> git.push(PROJECT, second, remote, "capstan/run"))
        .hasMessageContaining("nothing is ever pushed by force");
    assertThatThrownBy(() -> git.push(PROJECT, second, remote, "a..b"))
        .hasMessageContaining("not a name for a branch");
    assertThat(SourceRepository.run(folder.resolve("source"), "rev-parse", "capstan/run"))
        .isEqualTo(onto(first, second).value());
  }

  @Test
  void many_captures_at_once_on_one_mirror_all_stand() throws Exception {
    List<Future<CommitId>> running = new ArrayList<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < 6; i++) {
        String name = "step" + i;
        running.add(threads.submit(() -> step(name, name + ".txt", name)));
      }
    }
    for (int i = 0; i < running.size(); i++) {
      assertThat(show("rev-parse", "refs/capstan/attempts/step" + i))
          .isEqualTo(running.get(i).get().value());
    }
  }
}
