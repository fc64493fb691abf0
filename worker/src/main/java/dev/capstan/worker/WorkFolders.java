package dev.capstan.worker;

import dev.capstan.control.LeasedTask;
import dev.capstan.core.CommitId;
import dev.capstan.core.ProjectId;
import dev.capstan.worker.tracing.TracePart;
import dev.capstan.workspace.git.GitFailure;
import dev.capstan.workspace.git.GitStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The folders of tasks under way. Each says where its tree comes from, so that after a crash what
 * was not yet captured is kept under a hidden ref before the folder is deleted.
 */
public final class WorkFolders {
  private static final Logger LOG = LoggerFactory.getLogger(WorkFolders.class);
  private static final String ORIGIN = "origin";
  private static final String TREE = "tree";
  private static final String REPORTS = "reports";

  private final Path root;
  private final GitStore git;

  public WorkFolders(Path root, GitStore git) {
    this.root = root;
    this.git = git;
  }

  /** One task's folder; closing it deletes it. */
  final class Folder implements AutoCloseable {
    private final Path path;

    private Folder(Path path) {
      this.path = path;
    }

    Path tree() {
      return path.resolve(TREE);
    }

    Path reports() {
      return path.resolve(REPORTS);
    }

    /** A file that nothing in the sandbox sees. */
    Path aside(String name) {
      return path.resolve(name.replace('/', '_') + ".part");
    }

    /** Where what is written over a shared folder is kept apart. */
    Path layer(String name) throws IOException {
      return Files.createDirectories(path.resolve("layers").resolve(name)).toRealPath();
    }

    /** A new folder that no command has seen. */
    Path fresh(String name) throws IOException {
      return Files.createTempDirectory(path, name);
    }

    /** Where files sent along are laid. */
    Path files() {
      return path.resolve("files");
    }

    /** Where an engine may leave a question. */
    Path asking() throws IOException {
      return Files.createDirectories(path.resolve("ask")).toRealPath();
    }

    /** Where instructions are laid for a program; those that another one was given are gone. */
    Path telling() throws IOException {
      return fresh("told").toRealPath();
    }

    @Override
    public void close() {
      git.discard(path);
    }
  }

  /**
   * A fresh clone of a commit.
   *
   * @param purpose tells the folders of one task apart
   */
  Folder open(LeasedTask leased, CommitId commit, String purpose) throws IOException {
    return open(leased, commit, purpose, List.of(commit.value()));
  }

  /**
   * A fresh clone of a commit, to be changed by an attempt.
   *
   * @param from what the change is compared with
   * @param turns the refs of the attempt's turns, of which a crash makes one more
   */
  Folder open(LeasedTask leased, CommitId commit, String purpose, CommitId from, String turns)
      throws IOException {
    return open(leased, commit, purpose, List.of(from.value(), turns));
  }

  private Folder open(LeasedTask leased, CommitId commit, String purpose, List<String> origin)
      throws IOException {
    String name =
        leased.run()
            + "."
            + leased.task().key().replace('/', '.')
            + '.'
            + purpose
            + '.'
            + leased.lease().token();
    Path path = root.resolve(name);
    git.discard(path);
    Files.createDirectories(path.resolve(REPORTS));
    Files.writeString(
        path.resolve(ORIGIN),
        leased.project() + "\n" + String.join("\n", origin) + "\n",
        StandardCharsets.UTF_8);
    try (TracePart _ = TracePart.begin("clone").with("capstan.purpose", purpose)) {
      git.checkOut(leased.project(), commit, path.resolve(TREE));
    }
    return new Folder(path);
  }

  /**
   * Rescues and deletes every folder that a crash has left; what cannot be kept under a ref stays
   * where it is. Only for the one process that owns them.
   *
   * @return the refs under which something is kept now
   */
  public List<String> clear() throws IOException {
    if (!Files.isDirectory(root)) {
      return List.of();
    }
    try (Stream<Path> left = Files.list(root)) {
      return left.sorted().flatMap(path -> rescueAndDiscard(path).stream()).toList();
    }
  }

  private Optional<String> rescueAndDiscard(Path path) {
    try {
      Optional<String> rescued = rescue(path);
      git.discard(path);
      return rescued;
    } catch (GitFailure failure) {
      LOG.warn(
          "unfinished work stays in {}, to be looked at and deleted by hand: {}",
          path,
          failure.getMessage());
      return Optional.empty();
    } catch (IOException failure) {
      throw new UncheckedIOException("cannot clear " + path, failure);
    }
  }

  private Optional<String> rescue(Path path) throws IOException {
    Path origin = path.resolve(ORIGIN);
    if (!Files.isRegularFile(origin) || !Files.isDirectory(path.resolve(TREE))) {
      return Optional.empty();
    }
    List<String> lines = Files.readAllLines(origin, StandardCharsets.UTF_8);
    if (lines.size() < 2) {
      return Optional.empty();
    }
    ProjectId project = new ProjectId(lines.get(0));
    String ref =
        lines.size() == 2
            ? HiddenRefs.rescue(path.getFileName().toString())
            : Turns.next(git, project, lines.get(2));
    return git.rescue(project, path.resolve(TREE), new CommitId(lines.get(1)), ref, Instant.now())
        .map(_ -> ref);
  }
}
