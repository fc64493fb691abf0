package dev.capstan.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.capstan.core.CommitId;
import dev.capstan.core.ProjectId;
import dev.capstan.workspace.git.GitFolders;
import dev.capstan.workspace.git.GitStore.Captured;
import dev.capstan.workspace.git.GitStore.CommitText;
import dev.capstan.workspace.toolchain.Detection;
import dev.capstan.workspace.toolchain.Toolchain;
import dev.capstan.workspace.toolchain.Toolchains;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Variables of ours go only where somebody has agreed to it. */
class TrustTest {
  private static final ProjectId PROJECT = new ProjectId("shop");

  @TempDir Path folder;
  private GitFolders git;
  private CommitId base;

  @BeforeEach
  void make_a_project_that_is_given_a_variable() throws Exception {
    Path source = Files.createDirectory(folder.resolve("source"));
    Files.writeString(source.resolve("Makefile"), "test:\n\t@true\n");
    configure(source, "AGREED");
    run(source, "git", "init", "--quiet", "--initial-branch=main");
    run(source, "git", "add", "-A");
    run(source, "git", "-c", "user.name=A", "-c", "user.email=a@b.c", "commit", "-q", "-m", "One");
    git = new GitFolders(folder.resolve("root"));
    git.mirror(PROJECT, source.toString());
    base = git.resolve(PROJECT, "").commit();
  }

  @Test
  void a_change_elsewhere_keeps_what_the_base_commit_was_given() throws Exception {
    CommitId change = change(tree -> Files.writeString(tree.resolve("new.txt"), "new\n"));

    assertThat(Trust.of(git, PROJECT, base, change)).isEqualTo(Trust.CHANGE);
    assertThat(allowed(change)).contains("AGREED");
  }

  @Test
  void a_changed_configuration_gets_no_variable_not_even_one_that_was_given_before()
      throws Exception {
    CommitId change = change(tree -> configure(tree, "AGREED, WANTED"));

    assertThat(Trust.of(git, PROJECT, base, change)).isEqualTo(Trust.CHANGED_CONFIGURATION);
    assertThat(allowed(change)).isEmpty();
  }

  private List<String> allowed(CommitId commit) {
    Toolchain found =
        git.look(PROJECT, commit, tree -> ((Detection.Found) Toolchains.detect(tree)).toolchain());
    return Trust.of(git, PROJECT, base, commit).allow(found).environment();
  }

  private interface Edit {
    void edit(Path tree) throws IOException;
  }

  private CommitId change(Edit edit) throws IOException {
    Path work = folder.resolve("root/work/one");
    git.checkOut(PROJECT, base, work);
    edit.edit(work);
    CommitText text = new CommitText("Change", Instant.EPOCH);
    return ((Captured.Changed) git.capture(PROJECT, work, base, text, "refs/capstan/one")).commit();
  }

  private static void configure(Path tree, String names) throws IOException {
    Files.createDirectories(tree.resolve(".capstan"));
    Files.writeString(
        tree.resolve(".capstan/config.yaml"),
        "toolchain:\n  measure: [[make, test]]\n  environment: [" + names + "]\n");
  }

  private static void run(Path folder, String... command) throws Exception {
    assertThat(new ProcessBuilder(command).directory(folder.toFile()).inheritIO().start().waitFor())
        .isZero();
  }
}
