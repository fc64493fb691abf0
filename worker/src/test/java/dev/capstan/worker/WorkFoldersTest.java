package dev.capstan.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.capstan.core.CommitId;
import dev.capstan.core.ProjectId;
import dev.capstan.core.RunId;
import dev.capstan.core.StepId;
import dev.capstan.workspace.git.GitFolders;
import dev.capstan.workspace.git.GitStore;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WorkFoldersTest {
  private static final ProjectId PROJECT = new ProjectId("shop");
  private static final long MORE_THAN_IS_KEPT = 60_000_000;

  private final Path temporary;
  private final Path root;
  private final GitStore git;
  private final WorkFolders folders;
  private final Path source;

  WorkFoldersTest(@TempDir Path temporary) {
    this.temporary = temporary;
    root = temporary.resolve("data/work");
    source = temporary.resolve("source");
    git = new GitFolders(temporary.resolve("data"));
    folders = new WorkFolders(root, git);
  }

  @BeforeEach
  void makeSource() throws IOException, InterruptedException {
    run(temporary, "git", "init", "--quiet", source.toString());
    Files.writeString(source.resolve("file.txt"), "text\n");
    run(source, "git", "add", ".");
    run(
        source,
        "git",
        "-c",
        "user.name=Someone",
        "-c",
        "user.email=someone@localhost",
        "commit",
        "--quiet",
        "--message=first");
    git.mirror(PROJECT, source.toString());
  }

  private static void run(Path folder, String... command) throws IOException, InterruptedException {
    assertThat(new ProcessBuilder(command).directory(folder.toFile()).start().waitFor()).isZero();
  }

  @Test
  void what_a_crash_left_is_rescued_and_what_is_too_large_stays() throws IOException {
    Path small = leave("small");
    Files.writeString(small.resolve("tree/file.txt"), "changed\n");
    Path large = leave("large");
    try (RandomAccessFile file =
        new RandomAccessFile(large.resolve("tree/large.bin").toFile(), "rw")) {
      file.setLength(MORE_THAN_IS_KEPT);
    }

    List<String> rescued = folders.clear();

    assertThat(rescued).containsExactly("refs/capstan/rescue/small");
    assertThat(small).doesNotExist();
    assertThat(large.resolve("tree/large.bin")).exists();
  }

  @Test
  void what_a_crash_left_of_an_attempt_is_one_more_of_its_turns() throws IOException {
    String turns = "refs/capstan/run-1/one/2/turn-";
    CommitId base = git.resolve(PROJECT, "").commit();
    git.keep(PROJECT, turns + 1, base);
    Path attempt = leave("attempt", turns);
    Files.writeString(attempt.resolve("tree/file.txt"), "half done\n");

    assertThat(folders.clear()).containsExactly(turns + 2);

    CommitId left =
        Turns.last(git, PROJECT, new RunId("run-1"), new StepId("one"), 2).orElseThrow();
    assertThat(git.diff(PROJECT, base, left, 1_000)).contains("+half done");
  }

  private Path leave(String name, String... more) throws IOException {
    CommitId base = git.resolve(PROJECT, "").commit();
    Path folder = Files.createDirectories(root.resolve(name));
    Files.writeString(
        folder.resolve("origin"), PROJECT + "\n" + base + "\n" + String.join("\n", more));
    git.checkOut(PROJECT, base, folder.resolve("tree"));
    return folder;
  }
}
