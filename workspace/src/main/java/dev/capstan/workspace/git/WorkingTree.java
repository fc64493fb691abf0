package dev.capstan.workspace.git;

import dev.capstan.core.CommitId;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** A work tree's files; links are seen, never followed. */
final class WorkingTree implements SourceTree {
  /** Clocks of file systems are coarse, and those of other machines wrong. */
  private static final Duration SETTLED = Duration.ofSeconds(2);

  private final Path root;
  private final Git git;

  private WorkingTree(Path root, Git git) {
    this.root = root;
    this.git = git;
  }

  static WorkingTree at(Path folder) {
    Path asked = folder.toAbsolutePath().normalize();
    Git outside = new Git(asked.resolve(".git"), Map.of(), Duration.ofMinutes(1));
    String gitFolder = outside.line("rev-parse", "--absolute-git-dir");
    return new WorkingTree(real(asked), Git.in(Path.of(gitFolder)));
  }

  private static Path real(Path folder) {
    try {
      return folder.toRealPath();
    } catch (IOException failure) {
      throw new GitFailure("the folder " + folder + " can't be read: " + failure, failure);
    }
  }

  @Override
  public List<Entry> entries() {
    String listing =
        git.run(
                "",
                "--work-tree=" + root,
                "ls-files",
                "-z",
                "--cached",
                "--others",
                "--exclude-standard")
            .output();
    Instant settled = Instant.now().minus(SETTLED);
    return TreePath.split(listing).stream()
        .distinct()
        .map(TreePath::new)
        .sorted()
        .flatMap(path -> entry(path, settled).stream())
        .toList();
  }

  /** Empty for what is tracked and was deleted, and for pipes, sockets and devices. */
  private Optional<Entry> entry(TreePath path, Instant settled) {
    try {
      Map<String, Object> found =
          Files.readAttributes(
              path.in(root),
              "unix:size,ctime,isOther,isSymbolicLink,isDirectory",
              LinkOption.NOFOLLOW_LINKS);
      return kind(found, path)
          .map(kind ->
              kind == Kind.FILE
                  ? new Entry(
                      path.text(), kind, "", (long) of(found, "size"), changed(found, settled))
                  : new Entry(path.text(), kind, "", 0));
    } catch (IOException _) {
      return Optional.empty();
    }
  }

  /** By the time that no program can set, in which each change of the content shows. */
  private static long changed(Map<String, Object> found, Instant settled) {
    FileTime changed = (FileTime) of(found, "ctime");
    return changed.toInstant().isBefore(settled) ? changed.to(TimeUnit.NANOSECONDS) : 0;
  }

  private static Optional<Kind> kind(Map<String, Object> found, TreePath path) {
    if (is(found, "isOther")) {
      return Optional.empty();
    }
    if (is(found, "isSymbolicLink")) {
      return Optional.of(Kind.LINK);
    }
    if (is(found, "isDirectory")) {
      return Optional.of(Kind.SUBMODULE);
    }
    return Optional.of(path.isText() ? Kind.FILE : Kind.UNREADABLE_NAME);
  }

  private static Object of(Map<String, Object> found, String attribute) {
    return Objects.requireNonNull(found.get(attribute), attribute);
  }

  private static boolean is(Map<String, Object> found, String attribute) {
    return (boolean) of(found, attribute);
  }

  @Override
  public Optional<byte[]> content(Entry entry, int maxBytes) {
    Path file = root.resolve(entry.path());
    Path folder = file.getParent();
    try {
      // A folder on the way may have become a link since it was listed.
      if (folder == null || !folder.toRealPath().startsWith(root)) {
        return Optional.empty();
      }
      try (InputStream in = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
        return Optional.of(in.readNBytes(maxBytes));
      }
    } catch (IOException _) {
      return Optional.empty();
    }
  }

  @Override
  public List<PastCommit> history(int most) {
    return head().map(head -> PastCommits.before(git, head.value(), most)).orElse(List.of());
  }

  @Override
  public Optional<CommitId> head() {
    Git.Outcome found = git.ask("rev-parse", "--verify", "--quiet", "HEAD^{commit}");
    return found.exit() == 0 ? Optional.of(new CommitId(found.text().strip())) : Optional.empty();
  }

  @Override
  public void close() {}
}
