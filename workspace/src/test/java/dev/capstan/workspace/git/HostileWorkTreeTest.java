package dev.capstan.workspace.git;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.capstan.core.CommitId;
import dev.capstan.core.ProjectId;
import dev.capstan.workspace.git.GitStore.Captured;
import dev.capstan.workspace.git.GitStore.CommitText;
import dev.capstan.workspace.git.GitStore.FileChange;
import dev.capstan.workspace.git.GitStore.FileChange.Kind;
import dev.capstan.workspace.git.GitStore.Refused;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What an attempt may leave behind to harm the host. */
@Timeout(30)
class HostileWorkTreeTest {
  private static final ProjectId PROJECT = new ProjectId("shop");
  private static final CommitText TEXT = new CommitText("Change", Instant.EPOCH);

  @TempDir Path folder;
  private GitFolders git;
  private CommitId base;
  private Path work;
  private Path trap;

  @BeforeEach
  void check_out() throws InterruptedException {
    SourceRepository source = SourceRepository.small(folder.resolve("source"));
    git = new GitFolders(folder.resolve("root"), Duration.ofMillis(1));
    git.mirror(PROJECT, source.folder().toString());
    base = git.resolve(PROJECT, "").commit();
    work = folder.resolve("root/work/one");
    git.checkOut(PROJECT, base, work);
    trap = folder.resolve("sprung");
  }

  private Captured capture() {
    return git.capture(PROJECT, work, base, TEXT, "refs/capstan/attempts/one");
  }

  private List<FileChange> changes() {
    return git.changes(PROJECT, base, ((Captured.Changed) capture()).commit());
  }

  private void write(String path, String text) {
    SourceRepository.writeBelow(work, path, text);
  }

  private void shell(String script) {
    SourceRepository.program(work, List.of("bash", "-c", script));
  }

  /** A program that leaves a trace if anything starts it. */
  private String trapProgram() throws IOException {
    Path program = folder.resolve("trap.sh");
    Files.writeString(program, "#!/bin/sh\ntouch " + trap + "\n");
    Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
    return program.toString();
  }

  private void setTraps(Path repository) throws IOException {
    String program = trapProgram();
    Path hooks = Files.createDirectories(folder.resolve("hooks"));
    for (String hook : List.of("post-index-change", "reference-transaction", "post-commit")) {
      Files.copy(Path.of(program), hooks.resolve(hook));
    }
    SourceRepository.run(repository, "config", "core.hooksPath", hooks.toString());
    SourceRepository.run(repository, "config", "filter.evil.clean", program);
    SourceRepository.run(repository, "config", "filter.evil.process", program);
    SourceRepository.run(repository, "config", "diff.evil.textconv", program);
    SourceRepository.run(repository, "config", "core.fsmonitor", program);
  }

  @Test
  void nothing_that_the_clones_own_configuration_names_is_run() throws Exception {
    write(".gitattributes", "* filter=evil diff=evil merge=evil\n");
    write("src/App.java", "changed\n");
    setTraps(work);

    Captured.Changed changed = (Captured.Changed) capture();
    git.diff(PROJECT, base, changed.commit(), 10_000);

    assertThat(git.changes(PROJECT, base, changed.commit()))
        .extracting(FileChange::path)
        .containsExactly(".gitattributes", "src/App.java");
    assertThat(trap).doesNotExist();
  }

  @Test
  void a_git_folder_replaced_by_a_file_a_link_or_nothing_changes_nothing() throws Exception {
    write("src/App.java", "changed\n");
    shell("mv .git ../moved && echo 'gitdir: /nowhere' > .git");
    assertThat(changes()).extracting(FileChange::path).containsExactly("src/App.java");

    shell("rm .git && ln -s ../moved .git");
    assertThat(changes()).extracting(FileChange::path).containsExactly("src/App.java");

    Files.delete(work.resolve(".git"));
    assertThat(changes()).extracting(FileChange::path).containsExactly("src/App.java");
  }

  @Test
  void a_repository_inside_is_refused_and_nothing_of_it_is_run() throws Exception {
    Path nested = SourceRepository.small(work.resolve("nested")).folder();
    setTraps(nested);
    write("nested/dirty.txt", "dirty");

    assertThat(capture())
        .isEqualTo(
            new Captured.Unchanged(
                List.of(
                    new Refused("nested", "a repository of its own; its files are not captured"))));
    assertThat(trap).doesNotExist();
  }

  @Test
  void a_submodule_of_the_parent_is_kept_and_nothing_of_it_is_run() throws Exception {
    shell("git update-index --add --cacheinfo 160000," + base + ",lib && git commit -qm Lib");
    CommitId parent = new CommitId(SourceRepository.run(work, "rev-parse", "HEAD"));
    Path mirror = folder.resolve("root/mirrors/shop.git");
    SourceRepository.run(mirror, "fetch", "-q", work.toString(), "+HEAD:refs/capstan/lib");
    setTraps(SourceRepository.small(work.resolve("lib")).folder());
    write("lib/dirty.txt", "dirty");

    assertThat(git.capture(PROJECT, work, parent, TEXT, "refs/capstan/two").refused())
        .containsExactly(new Refused("lib", "another repository's commit; it stays as it was"));
    assertThat(trap).doesNotExist();
    assertThat(git.changes(PROJECT, base, parent))
        .containsExactly(new FileChange("lib", Kind.SUBMODULE, 1, 0, false, false));
  }

  @Test
  void links_are_captured_as_links_and_those_that_leave_are_marked() {
    shell(
        "ln -s /etc/passwd absolute; ln -s ../../x src/climbs; ln -s ../README.md src/inside;"
            + " ln -s src/../.. wanders; ln -s .git/config into-git; rm README.md;"
            + " ln -s src/App.java README.md");

    assertThat(changes())
        .containsExactly(
            new FileChange("README.md", Kind.LINK, 1, 3, false, false),
            new FileChange("absolute", Kind.LINK, 1, 0, false, true),
            new FileChange("into-git", Kind.LINK, 1, 0, false, true),
            new FileChange("src/climbs", Kind.LINK, 1, 0, false, true),
            new FileChange("src/inside", Kind.LINK, 1, 0, false, false),
            new FileChange("wanders", Kind.LINK, 1, 0, false, true));
  }

  @Test
  void a_folder_replaced_by_a_link_is_not_followed() {
    SourceRepository.writeBelow(folder.resolve("outside"), "App.java", "secret\n");
    shell("rm -r src && ln -s ../../../outside src");

    assertThat(changes())
        .containsExactly(
            new FileChange("src", Kind.LINK, 1, 0, false, true),
            new FileChange("src/App.java", Kind.DELETED, 0, 1, false, false));
  }

  @Test
  void a_file_becomes_a_folder_and_a_folder_a_file() {
    shell("rm README.md && mkdir README.md && echo x > README.md/x; rm -r src; echo y > src");

    assertThat(changes())
        .containsExactly(
            new FileChange("README.md", Kind.DELETED, 0, 3, false, false),
            new FileChange("README.md/x", Kind.ADDED, 1, 0, false, false),
            new FileChange("src", Kind.ADDED, 1, 0, false, false),
            new FileChange("src/App.java", Kind.DELETED, 0, 1, false, false));
  }

  @Test
  void strange_names_are_captured_byte_by_byte() {
    shell(
        "echo 1 > $'new\\nline'; echo 2 > $'esc\\e[31m'; echo 3 > $'not-utf8-\\xff'; echo 4 > 'ü';"
            + " echo 5 > '-n'; echo 6 > ':(top)x'; echo 7 > 'quo\"te\ttab\\slash'");

    assertThat(changes())
        .extracting(FileChange::path)
        .containsExactlyInAnyOrder(
            "new\nline",
            "esc\u001b[31m",
            "not-utf8-\\377",
            "ü",
            "-n",
            ":(top)x",
            "quo\"te\ttab\\slash");
    assertThat(changes()).allMatch(change -> change.linesAdded() == 1);
  }

  @Test
  void pipes_and_sockets_are_removed_and_refused_where_git_would_block() {
    shell(
        "mkfifo pipe .gitattributes src/.gitignore; mkdir -p target sub/.git; mkfifo target/pipe"
            + " sub/.git/HEAD; rm README.md; mkfifo README.md");
    write("src/App.java", "changed\n");

    Captured.Changed changed = (Captured.Changed) capture();

    assertThat(changed.refused())
        .extracting(Refused::path)
        .containsExactly(".gitattributes", "README.md", "pipe", "src/.gitignore", "sub/.git/HEAD");
    assertThat(work.resolve("pipe")).doesNotExist();
    assertThat(git.changes(PROJECT, base, changed.commit()))
        .containsExactly(new FileChange("src/App.java", Kind.MODIFIED, 1, 1, false, false));
  }

  @Test
  void a_name_that_git_does_not_allow_is_refused() {
    shell("mkdir -p 'git~1' && echo evil > 'git~1/config'; ln -s README.md .gitmodules");

    assertThat(capture().refused())
        .containsExactly(
            new Refused(".gitmodules", "a name git does not allow"),
            new Refused("git~1/config", "a name git does not allow"));
  }

  @Test
  void what_can_not_be_read_is_refused_or_read_by_root() {
    shell("mkdir closed; echo a > closed/a; echo b > b; chmod 000 closed b src");
    boolean root = Files.isReadable(work.resolve("b"));

    Captured captured = capture();

    if (root) {
      assertThat(captured).isInstanceOf(Captured.Changed.class);
      assertThat(captured.refused()).isEmpty();
    } else {
      assertThat(captured).isInstanceOf(Captured.Unchanged.class);
      assertThat(captured.refused())
          .extracting(Refused::path)
          .containsExactly("b", "closed", "src");
    }
  }

  @Test
  void more_than_fifty_megabytes_are_refused_with_advice() throws IOException {
    try (RandomAccessFile file = new RandomAccessFile(work.resolve("big").toFile(), "rw")) {
      file.setLength(Capture.LIMIT + 1);
    }

    assertThatThrownBy(this::capture)
        .isInstanceOf(ChangeTooLarge.class)
        .hasMessageContaining("50 MB in 1 files")
        .hasMessageContaining(".gitignore");
  }

  @Test
  void an_executable_and_line_ends_are_kept_as_they_are() {
    shell("printf 'a\\r\\nb\\n' > mixed.txt; chmod +x mixed.txt");

    CommitId commit = ((Captured.Changed) capture()).commit();

    Path mirror = folder.resolve("root/mirrors/shop.git");
    assertThat(SourceRepository.run(mirror, "ls-tree", commit.value(), "mixed.txt"))
        .startsWith("100755");
    assertThat(SourceRepository.run(mirror, "cat-file", "-s", commit + ":mixed.txt"))
        .isEqualTo("5");
  }

  @Test
  void a_work_folder_is_discarded_with_closed_deep_and_linked_parts() {
    SourceRepository.writeBelow(folder.resolve("outside"), "kept.txt", "kept");
    shell("ln -s ../../../outside link; mkdir closed; echo a > closed/a; chmod 000 closed");
    shell("for i in $(seq 60); do d=$(printf 'd%.0s' $(seq 100)); mkdir $d; cd $d; done");

    git.discard(work);
    git.discard(work);

    assertThat(work).doesNotExist();
    assertThat(folder.resolve("root/scratch")).isEmptyDirectory();
    assertThat(folder.resolve("outside/kept.txt")).exists();
  }

  @Test
  void nothing_outside_the_root_and_no_mirror_is_discarded() {
    Path mirror = folder.resolve("root/mirrors/shop.git");
    shell("ln -s ../../source ../way");

    for (Path wrong :
        List.of(
            folder.resolve("source"),
            folder.resolve("root"),
            mirror,
            work.resolve("../../../source"),
            work.resolve("../way/src"))) {
      assertThatThrownBy(() -> git.discard(wrong))
          .isInstanceOf(GitFailure.class)
          .hasMessageContaining("not a work folder below");
    }
    assertThat(folder.resolve("source/src/App.java")).exists();
    assertThat(mirror).exists();
  }
}
