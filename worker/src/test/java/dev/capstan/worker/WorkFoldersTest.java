package dev.capstan.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.capstan.core.CommitId;
import dev.capstan.core.ProjectId;
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

    assertThat(rescued).containsExactly("small");
    assertThat(small).doesNotExist();
    assertThat(large.resolve("tree/large.bin")).exists();
  }

  private Path leave(String name) throws IOException {
    CommitId base = git.resolve(PROJECT, "").commit();
    Path folder = Files.createDirectories(root.resolve(name));
    Files.writeString(folder.resolve("origin"), PROJECT + "\n" + base + "\n");
    git.checkOut(PROJECT, base, folder.resolve("tree"));
    return folder;
  }
}
