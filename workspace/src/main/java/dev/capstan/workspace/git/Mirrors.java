package dev.capstan.workspace.git;

import dev.capstan.core.ProjectId;
import dev.capstan.workspace.git.Git.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Fetches a project's mirror. The source's branches and tags stand under their own names and follow
 * it, also when it deletes them; what is ours stands below refs/capstan and is left alone.
 */
final class Mirrors {
  /** Where the mirror's HEAD points if the source's HEAD is no branch. */
  static final String DETACHED = "refs/capstan/source/head";

  /** Part of the name of a broken mirror among what is short-lived. */
  static final String SET_ASIDE = ".broken.";

  private static final int TRIES = 3;
  private static final Duration LIMIT = Duration.ofHours(1);

  private final Layout layout;
  private final Duration backoff;

  /**
   * @param backoff before the second try; the third waits four times as long
   */
  Mirrors(Layout layout, Duration backoff) {
    this.layout = layout;
    this.backoff = backoff;
  }

  void mirror(ProjectId project, String source) throws InterruptedException {
    Remote remote = Remote.at(source);
    try (ProjectLock _ = ProjectLock.take(layout.fetchLock(project))) {
      for (int tried = 1; ; tried++) {
        Optional<GitFailure> failure = attempt(project, remote);
        if (failure.isEmpty()) {
          return;
        }
        if (!failure.get().recoverable() || tried == TRIES) {
          throw failure.get();
        }
        Thread.sleep(backoff.multipliedBy(tried == 1 ? 1 : 4));
      }
    }
  }

  private Optional<GitFailure> attempt(ProjectId project, Remote remote)
      throws InterruptedException {
    try {
      Path mirror = layout.mirror(project);
      if (isWhole(mirror)) {
        removeStaleLocks(mirror);
        fetch(mirror, remote);
      } else {
        make(mirror, remote);
      }
      return Optional.empty();
    } catch (GitFailure failure) {
      if (Thread.interrupted()) {
        throw new InterruptedException(failure.getMessage());
      }
      return Optional.of(failure);
    } catch (IOException failure) {
      return Optional.of(
          new GitFailure("the mirror of " + project + " can't be written: " + failure, failure));
    }
  }

  private static boolean isWhole(Path mirror) {
    return Files.isDirectory(mirror) && Git.in(mirror).ask("rev-parse", "--git-dir").exit() == 0;
  }

  /** A half-made mirror may hold the only copy of something, so it is set aside. */
  private void make(Path mirror, Remote remote) throws IOException {
    Path draft = layout.draft();
    try {
      Git.in(draft).line("init", "--quiet", "--bare", "--template=");
      fetch(draft, remote);
      Files.createDirectories(layout.mirrors());
      if (Files.exists(mirror)) {
        Path aside = layout.draft();
        Files.move(
            mirror, aside.resolveSibling(mirror.getFileName() + SET_ASIDE + aside.getFileName()));
      }
      Files.move(draft, mirror, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      FolderRemoval.remove(draft, layout);
    }
  }

  private void fetch(Path mirror, Remote remote) throws IOException {
    Git git = remote.reach(Git.in(mirror), layout).within(LIMIT);
    SourceHead head = SourceHead.of(listing(git, remote), remote);
    Outcome outcome =
        git.ask(
            Stream.concat(
                    Stream.of("fetch", "--quiet", "--prune", "--no-tags", "--force"),
                    Stream.concat(
                        Stream.of(
                            "--update-shallow",
                            "--no-write-fetch-head",
                            "--no-recurse-submodules",
                            "--",
                            remote.address(),
                            "+refs/heads/*:refs/heads/*",
                            "+refs/tags/*:refs/tags/*"),
                        head.refspecs().stream()))
                .toArray(String[]::new));
    if (outcome.exit() != 0) {
      throw remote.failure("fetching", outcome.errors());
    }
    Git.in(mirror).line("symbolic-ref", "HEAD", head.target());
  }

  private static List<String> listing(Git git, Remote remote) {
    Outcome outcome =
        git.ask("ls-remote", "--symref", "--", remote.address(), "HEAD", "refs/heads/*");
    if (outcome.exit() != 0) {
      throw remote.failure("reading", outcome.errors());
    }
    return outcome.text().lines().toList();
  }

  /** Only a fetch takes these, and we hold the fetch's lock: whoever made them was killed. */
  private static void removeStaleLocks(Path mirror) throws IOException {
    List<Path> stale;
    Path ours = mirror.resolve("refs/capstan");
    Path source = ours.resolve("source");
    try (Stream<Path> files = Files.walk(mirror.resolve("refs"));
        Stream<Path> top = Files.list(mirror)) {
      stale =
          Stream.concat(files, top)
              .filter(file -> file.toString().endsWith(".lock"))
              .filter(file -> !file.startsWith(ours) || file.startsWith(source))
              .filter(Files::isRegularFile)
              .toList();
    }
    for (Path file : stale) {
      Files.deleteIfExists(file);
    }
  }
}
