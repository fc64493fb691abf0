package dev.capstan.workspace.git;

import dev.capstan.core.CommitId;
import dev.capstan.core.ProjectId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.stream.Stream;

/** Makes work folders. */
final class Clones {
  /** So that whoever works there can commit, and git never drops what only the mirror holds. */
  private static final String SETTINGS =
      """
      [user]
      	name = Capstan
      	email = capstan@localhost
      [gc]
      	auto = 0
      """;

  private final Commits commits;

  Clones(Commits commits) {
    this.commits = commits;
  }

  void checkOut(ProjectId project, CommitId commit, Path folder) {
    Path mirror = commits.holding(project, commit).gitDir();
    requireFree(folder);
    try {
      make(mirror, commit, folder);
    } catch (IOException failure) {
      throw new GitFailure("the work folder " + folder + " can't be made: " + failure, failure);
    }
  }

  private static void requireFree(Path folder) {
    try (Stream<Path> entries = Files.exists(folder) ? Files.list(folder) : Stream.empty()) {
      if (entries.findAny().isPresent()) {
        throw GitFailure.lasting("the work folder " + folder + " is not empty; discard it first");
      }
    } catch (IOException failure) {
      throw new GitFailure("the work folder " + folder + " can't be read: " + failure, failure);
    }
  }

  private static void make(Path mirror, CommitId commit, Path folder) throws IOException {
    Files.createDirectories(folder);
    Path gitDir = folder.resolve(".git");
    String format = Git.in(mirror).line("rev-parse", "--show-object-format");
    Git plain = Git.in(gitDir);
    plain
        .with("GIT_WORK_TREE", folder.toString())
        .line("init", "--quiet", "--template=", "--object-format=" + format);
    Path info = Files.createDirectories(gitDir.resolve("objects/info"));
    Files.writeString(info.resolve("alternates"), mirror.resolve("objects") + "\n");
    if (Files.exists(mirror.resolve("shallow"))) {
      Files.copy(mirror.resolve("shallow"), gitDir.resolve("shallow"));
    }
    Files.writeString(gitDir.resolve("config"), SETTINGS, StandardOpenOption.APPEND);
    Git git = plain.with("GIT_WORK_TREE", folder.toString());
    git.line("update-ref", "--no-deref", "HEAD", commit.value());
    git.line("read-tree", "-u", "--reset", "HEAD");
  }
}
