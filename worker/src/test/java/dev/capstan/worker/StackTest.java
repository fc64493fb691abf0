package dev.capstan.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.capstan.core.CommitId;
import dev.capstan.core.ProjectId;
import dev.capstan.worker.Stack.Part;
import dev.capstan.workspace.git.GitFolders;
import dev.capstan.workspace.git.GitStore.Captured;
import dev.capstan.workspace.git.GitStore.CommitText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StackTest {
  private static final ProjectId PROJECT = new ProjectId("shop");

  @TempDir Path folder;
  private GitFolders git;
  private CommitId base;
  private CommitId tip;

  @BeforeEach
  void make_a_project() throws Exception {
    Path source = Files.createDirectory(folder.resolve("source"));
    Files.writeString(source.resolve("README.md"), "one\n");
    run(source, "init", "--quiet", "--initial-branch=main");
    run(source, "add", "-A");
    run(source, "-c", "user.name=A", "-c", "user.email=a@b.c", "commit", "-q", "-m", "First");
    git = new GitFolders(folder.resolve("root"));
    git.mirror(PROJECT, source.toString());
    base = git.resolve(PROJECT, "").commit();
    tip = base;
  }

  @Test
  void what_fits_is_one_part_with_the_tip_itself() throws IOException {
    step("one", 100);
    step("two", 200);

    List<Part> parts = cut(300);

    assertThat(parts).hasSize(1);
    assertThat(parts.getFirst().to()).isEqualTo(tip);
    assertThat(parts.getFirst().lines()).isEqualTo(300);
    assertThat(parts.getFirst().steps()).containsExactly("one", "two");
  }

  @Test
  void it_is_cut_between_commits_and_a_large_commit_is_a_part_of_its_own() throws IOException {
    step("one", 100);
    step("two", 201);
    step("three", 99);
    step("four", 500);
    step("five", 1);

    List<Part> parts = cut(300);

    assertThat(parts).extracting(Part::lines).containsExactly(100, 300, 500, 1);
    assertThat(parts.get(1).steps()).containsExactly("two", "three");
    assertThat(parts.getFirst().from()).isEqualTo(base);
    for (int i = 1; i < parts.size(); i++) {
      assertThat(parts.get(i).from()).isEqualTo(parts.get(i - 1).to());
    }
    assertThat(parts.getLast().to()).isEqualTo(tip);
    assertThat(cut(300)).isEqualTo(parts);
  }

  @Test
  void zero_never_cuts() throws IOException {
    step("one", 1_000);
    step("two", 1_000);

    assertThat(cut(0)).extracting(Part::lines).containsExactly(2_000);
  }

  private List<Part> cut(int limit) {
    return Stack.cut(git, PROJECT, base, tip, limit);
  }

  private void step(String name, int lines) throws IOException {
    Path work = folder.resolve("root/work").resolve(name);
    git.checkOut(PROJECT, tip, work);
    Files.writeString(work.resolve(name + ".txt"), "line\n".repeat(lines));
    CommitText text =
        new CommitText(name + "\n\nCapstan-Run: r\nCapstan-Step: " + name + "\n", Instant.EPOCH);
    String ref = "refs/capstan/attempts/" + name;
    tip = ((Captured.Changed) git.capture(PROJECT, work, tip, text, ref)).commit();
  }

  private static void run(Path folder, String... arguments) throws Exception {
    List<String> command = new ArrayList<>(List.of("git"));
    command.addAll(List.of(arguments));
    Process git = new ProcessBuilder(command).directory(folder.toFile()).inheritIO().start();
    assertThat(git.waitFor()).isZero();
  }
}
