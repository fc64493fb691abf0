package dev.capstan.workspace.git;

import dev.capstan.core.CommitId;
import dev.capstan.core.ProjectId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
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

  /** Of an id in hexadecimal digits. */
  private static final int SHA1_LENGTH = 40;

  private final Commits commits;

  Clones(Commits commits) {
    this.commits = commits;
  }

  /** The mirror that a clone at the commit can be made of, once the folder is known to be free. */
  Path mirrorFor(ProjectId project, CommitId commit, Path folder) {
    Path mirror = commits.holding(project, commit).gitDir();
    requireFree(folder);
    return mirror;
  }

  void checkOut(Path mirror, CommitId commit, Path folder) {
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

  void make(Path mirror, CommitId commit, Path folder) throws IOException {
    Files.createDirectories(folder);
    Path gitDir = folder.resolve(".git");
    String format = commit.value().length() == SHA1_LENGTH ? "sha1" : "sha256";
    Git git = Git.in(gitDir).with("GIT_WORK_TREE", folder.toString());
    git.line("init", "--quiet", "--template=", "--object-format=" + format);
    Path info = Files.createDirectories(gitDir.resolve("objects/info"));
    Files.writeString(info.resolve("alternates"), mirror.resolve("objects") + "\n");
    Files.writeString(gitDir.resolve("config"), SETTINGS, StandardOpenOption.APPEND);
    bringTo(mirror, commit, folder);
  }

  /** Moves a clone that only we have written into to another commit. */
  void bringTo(Path mirror, CommitId commit, Path folder) throws IOException {
    Path gitDir = folder.resolve(".git");
    Path shallow = gitDir.resolve("shallow");
    if (Files.exists(mirror.resolve("shallow"))) {
      Files.copy(mirror.resolve("shallow"), shallow, StandardCopyOption.REPLACE_EXISTING);
    } else {
      Files.deleteIfExists(shallow);
    }
    Files.deleteIfExists(gitDir.resolve("logs/HEAD"));
    Files.writeString(gitDir.resolve("HEAD"), commit + "\n");
    Git git = Git.in(gitDir).with("GIT_WORK_TREE", folder.toString());
    git.line("read-tree", "-u", "--reset", commit.value());
  }
}
