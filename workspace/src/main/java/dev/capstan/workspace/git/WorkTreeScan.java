package dev.capstan.workspace.git;

import dev.capstan.workspace.git.GitStore.Refused;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Looks at everything below a work tree, except its {@code .git}, before git does. Opening a pipe
 * blocks until somebody writes, also where git expects a {@code .gitignore}, so pipes, sockets and
 * devices are removed.
 */
final class WorkTreeScan extends SimpleFileVisitor<Path> {
  private final Path workTree;
  private final Map<TreePath, Refused> refused = new TreeMap<>();

  private WorkTreeScan(Path workTree) {
    this.workTree = workTree;
  }

  static Map<TreePath, Refused> of(Path workTree) {
    WorkTreeScan scan = new WorkTreeScan(workTree);
    try {
      Files.walkFileTree(workTree, scan);
    } catch (IOException failure) {
      throw new GitFailure("the work tree " + workTree + " can't be read: " + failure, failure);
    }
    return scan.refused;
  }

  @Override
  public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
    boolean own = folder.equals(workTree.resolve(".git"));
    return own ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
  }

  @Override
  public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
    if (attributes.isOther()) {
      refuse(file, "neither a file nor a folder nor a link; it was removed");
      Files.delete(file);
    }
    return FileVisitResult.CONTINUE;
  }

  @Override
  public FileVisitResult visitFileFailed(Path path, IOException failure) {
    if (!path.equals(workTree.resolve(".git"))) {
      refuse(path, "can't be read: " + failure.getClass().getSimpleName());
    }
    return FileVisitResult.CONTINUE;
  }

  @Override
  public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException failure) {
    if (failure != null) {
      refuse(folder, "can't be read to its end: " + failure.getClass().getSimpleName());
    }
    return FileVisitResult.CONTINUE;
  }

  private void refuse(Path path, String reason) {
    TreePath name = TreePath.of(workTree, path);
    refused.put(name, new Refused(name.text(), reason));
  }
}
