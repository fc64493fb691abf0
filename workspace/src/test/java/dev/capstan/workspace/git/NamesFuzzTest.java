package dev.capstan.workspace.git;

import static org.assertj.core.api.Assertions.assertThat;

import dev.capstan.core.CommitId;
import dev.capstan.core.ProjectId;
import dev.capstan.core.testkit.Fuzz;
import dev.capstan.workspace.git.GitStore.FileChange;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.junit.jupiter.api.io.TempDir;

/** Names of files are bytes that anybody chose: line ends, escapes, tabs, and no text at all. */
@Timeout(value = 10, unit = TimeUnit.MINUTES, threadMode = ThreadMode.SEPARATE_THREAD)
class NamesFuzzTest {
  private static final ProjectId PROJECT = new ProjectId("shop");
  private static final int NAMES = 400;

  @TempDir Path folder;

  @Test
  void paths_as_git_lists_them() {
    Fuzz.run(
        input -> {
          String listed = new String(input, StandardCharsets.ISO_8859_1);
          for (String bytes : TreePath.split(listed)) {
            TreePath path = new TreePath(bytes);
            assertThat(path.text()).doesNotContain("\0");
            assertThat(LinkTarget.escapes(path.text(), bytes)).isIn(true, false);
            assertThat(path.in(folder).isAbsolute()).isTrue();
          }
        },
        IOException.class,
        List.of(
            "src/App.java\0a b\0line\nend\0tab\there\0\033[2J\0",
            "\u00e4.txt\0dir/\u00ff\u00fe\0../up\0"));
  }

  @Test
  void every_name_that_git_takes_is_told_apart_and_read_again() throws Exception {
    SourceRepository source = SourceRepository.small(folder.resolve("source"));
    SortedSet<String> names = names(new Random(20261121));
    commit(source.folder(), names);
    GitFolders git = new GitFolders(folder.resolve("root"), Duration.ofMillis(1));
    git.mirror(PROJECT, source.folder().toString());
    CommitId now = git.resolve(PROJECT, "").commit();
    CommitId before = git.resolve(PROJECT, now + "~1").commit();

    List<FileChange> changes = git.changes(PROJECT, before, now);

    assertThat(changes).hasSize(names.size()).allMatch(change -> change.linesAdded() == 1);
    assertThat(changes)
        .extracting(FileChange::path)
        .containsExactlyInAnyOrderElementsOf(
            names.stream().map(name -> new TreePath(name).text()).toList());
    assertThat(git.inventory(PROJECT, now).files()).isEqualTo(names.size() + 3);
    List<String> all = changes.stream().map(FileChange::path).toList();
    assertThat(git.tree(PROJECT, git.overlay(PROJECT, now, before, all)))
        .isEqualTo(git.tree(PROJECT, before));
    List<String> readable = git.paths(PROJECT, now);
    assertThat(readable).hasSizeBetween(10, names.size());
    for (String path : readable.subList(0, 10)) {
      assertThat(git.content(PROJECT, now, path, 100)).as(path).isPresent();
    }
  }

  /** Bytes, one per character; no name is also another's folder. */
  private static SortedSet<String> names(Random random) {
    SortedSet<String> names = new TreeSet<>();
    List<String> parts =
        List.of(
            "a", "b.txt", " ", "\n", "\t", "\r", "\033[2J", "\"", "\\", "*", ":(top)", "-x", "%2e",
            "$(x)");
    while (names.size() < NAMES) {
      StringBuilder name = new StringBuilder("f" + names.size());
      for (int i = random.nextInt(6); i >= 0; i--) {
        name.append(
            random.nextBoolean()
                ? parts.get(random.nextInt(parts.size()))
                : String.valueOf((char) (1 + random.nextInt(255))));
      }
      names.add(name.toString().replace('/', '_'));
    }
    return names;
  }

  private static void commit(Path repository, SortedSet<String> names) throws Exception {
    Path gitDir = repository.resolve(".git");
    Git git = Git.in(gitDir).with("GIT_WORK_TREE", repository.toString());
    String blob = git.run("one\n", "hash-object", "-w", "--stdin").text().strip();
    ByteArrayOutputStream entries = new ByteArrayOutputStream();
    for (String name : names) {
      entries.writeBytes(("100644 " + blob + "\t").getBytes(StandardCharsets.ISO_8859_1));
      entries.writeBytes(name.getBytes(StandardCharsets.ISO_8859_1));
      entries.write(0);
    }
    git.run(
        entries.toString(StandardCharsets.ISO_8859_1),
        "update-index",
        "-z",
        "--add",
        "--index-info");
    String tree = git.line("write-tree");
    String head = git.line("rev-parse", "HEAD");
    Git author =
        git.with("GIT_AUTHOR_NAME", "Ada")
            .with("GIT_AUTHOR_EMAIL", "ada@example.org")
            .with("GIT_COMMITTER_NAME", "Ada")
            .with("GIT_COMMITTER_EMAIL", "ada@example.org");
    git.line("update-ref", "HEAD", author.line("commit-tree", tree, "-p", head, "-m", "Names"));
  }
}
