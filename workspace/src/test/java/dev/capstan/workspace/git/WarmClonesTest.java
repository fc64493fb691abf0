package dev.capstan.workspace.git;

import static org.assertj.core.api.Assertions.assertThat;

import dev.capstan.core.CommitId;
import dev.capstan.core.ProjectId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WarmClonesTest {
  private static final ProjectId PROJECT = new ProjectId("shop");
  private static final int LARGE = 3;

  private final Path root;
  private final SourceRepository source;
  private final GitFolders git;

  WarmClonesTest(@TempDir Path temporary) {
    root = temporary.resolve("data");
    source = SourceRepository.small(temporary.resolve("source"));
    git = new GitFolders(root, Duration.ZERO, LARGE);
  }

  @BeforeEach
  void mirror() throws InterruptedException {
    git.mirror(PROJECT, source.folder().toString());
  }

  @AfterEach
  void close() {
    git.close();
  }

  private CommitId head() {
    return new CommitId(source.head());
  }

  private Path checkOut(String name, CommitId commit) {
    Path folder = root.resolve("work").resolve(name);
    git.checkOut(PROJECT, commit, folder);
    return folder;
  }

  private List<Path> waiting() throws IOException {
    Path home = root.resolve("warm/shop");
    if (!Files.isDirectory(home)) {
      return List.of();
    }
    try (Stream<Path> entries = Files.list(home)) {
      return entries.filter(Files::isDirectory).toList();
    }
  }

  @Test
  void the_next_clone_is_the_one_that_was_kept_ready() throws Exception {
    checkOut("first", head());
    git.settle();
    Files.writeString(waiting().getFirst().resolve(".git/mark"), "kept");

    Path second = checkOut("second", head());

    assertThat(second.resolve(".git/mark")).exists();
    assertThat(SourceRepository.run(second, "status", "--porcelain")).isEmpty();
  }

  @Test
  void a_kept_clone_is_brought_to_any_commit_with_nothing_left_of_its_own() throws Exception {
    CommitId old = head();
    checkOut("first", old);
    git.settle();
    source.write("src/App.java", "class App { int n; }\n").write("new/é ü.txt", "new\n");
    source.git("rm", "-q", "README.md");
    source.commit("Second");
    git.mirror(PROJECT, source.folder().toString());

    Path second = checkOut("second", head());

    assertThat(second.resolve("README.md")).doesNotExist();
    assertThat(second.resolve("src/App.java")).hasContent("class App { int n; }");
    assertThat(second.resolve("new/é ü.txt")).hasContent("new");
    assertThat(SourceRepository.run(second, "rev-parse", "HEAD")).isEqualTo(source.head());
    assertThat(SourceRepository.run(second, "status", "--porcelain")).isEmpty();
    assertThat(SourceRepository.run(second, "fsck", "--connectivity-only")).isEmpty();
  }

  @Test
  void what_a_user_of_a_clone_writes_reaches_no_other_clone() throws Exception {
    Path first = checkOut("first", head());
    git.settle();
    SourceRepository.writeBelow(first, "src/App.java", "spoilt\n");
    SourceRepository.writeBelow(first, ".git/hooks/post-checkout", "spoilt\n");

    Path second = checkOut("second", head());

    assertThat(second.resolve("src/App.java")).hasContent("class App {}");
    assertThat(second.resolve(".git/hooks")).doesNotExist();
  }

  @Test
  void a_clone_that_was_not_finished_is_never_used_and_is_removed_at_the_start() throws Exception {
    checkOut("first", head());
    git.settle();
    Path kept = waiting().getFirst();
    Files.delete(kept.resolveSibling(kept.getFileName() + WarmClones.READY));
    Files.delete(kept.resolve("src/App.java"));

    Path second = checkOut("second", head());
    git.settle();
    git.clearUnfinished();

    assertThat(second.resolve("src/App.java")).exists();
    assertThat(kept).doesNotExist();
    assertThat(waiting()).hasSize(1);
  }

  @Test
  void a_clone_from_before_the_last_start_of_the_machine_is_not_used() throws Exception {
    checkOut("first", head());
    git.settle();
    Path kept = waiting().getFirst();
    Files.writeString(kept.resolve(".git/mark"), "kept");
    Files.writeString(kept.resolveSibling(kept.getFileName() + WarmClones.READY), "another boot\n");
    Files.writeString(kept.resolve("src/App.java"), "");

    Path second = checkOut("second", head());

    assertThat(second.resolve(".git/mark")).doesNotExist();
    assertThat(second.resolve("src/App.java")).hasContent("class App {}");
    assertThat(kept).doesNotExist();
  }

  @Test
  void a_broken_clone_is_replaced_by_a_fresh_one() throws Exception {
    checkOut("first", head());
    git.settle();
    Files.writeString(waiting().getFirst().resolve(".git/HEAD"), "nonsense");
    source.write("src/App.java", "class App { int n; }\n").commit("Second");
    git.mirror(PROJECT, source.folder().toString());

    Path second = checkOut("second", head());

    assertThat(SourceRepository.run(second, "status", "--porcelain")).isEmpty();
  }

  @Test
  void many_at_once_get_a_clone_each() throws Exception {
    checkOut("first", head());
    git.settle();
    try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
      List<Future<Path>> made =
          IntStream.range(0, 8)
              .mapToObj(n -> threads.submit(() -> checkOut("clone" + n, head())))
              .toList();
      for (Future<Path> one : made) {
        assertThat(SourceRepository.run(one.get(), "status", "--porcelain")).isEmpty();
      }
    }
  }

  @Test
  void a_small_project_keeps_none() throws Exception {
    try (GitFolders small = new GitFolders(root, Duration.ZERO, LARGE + 1)) {
      small.checkOut(PROJECT, head(), root.resolve("work/first"));
      small.settle();
    }
    assertThat(waiting()).isEmpty();
  }
}
