package dev.capstan.workspace.git;

import dev.capstan.core.CommitId;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A work tree's files; links are seen, never followed. */
final class WorkingTree implements SourceTree {
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
    return TreePath.split(listing).stream()
        .distinct()
        .map(TreePath::new)
        .sorted()
        .flatMap(path -> entry(path).stream())
        .toList();
  }

  /** Empty for what is tracked and was deleted, and for pipes, sockets and devices. */
  private Optional<Entry> entry(TreePath path) {
    try {
      BasicFileAttributes found =
          Files.readAttributes(path.in(root), BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
      return kind(found, path)
          .map(kind -> new Entry(path.text(), kind, "", kind == Kind.FILE ? found.size() : 0));
    } catch (IOException _) {
      return Optional.empty();
    }
  }

  private static Optional<Kind> kind(BasicFileAttributes found, TreePath path) {
    if (found.isOther()) {
      return Optional.empty();
    }
    if (found.isSymbolicLink()) {
      return Optional.of(Kind.LINK);
    }
    if (found.isDirectory()) {
      return Optional.of(Kind.SUBMODULE);
    }
    return Optional.of(path.isText() ? Kind.FILE : Kind.UNREADABLE_NAME);
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
