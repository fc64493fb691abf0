package dev.capstan.engines;

import dev.capstan.core.plan.Scope;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;

/** What a step may change of a work tree. */
public final class TreeFiles {
  private TreeFiles() {}

  /**
   * The paths of the regular files that a scope allows, in order, relative to the tree. Links are
   * not followed, and git's own files are none of the tree's.
   */
  public static List<String> in(Path tree, Scope scope) {
    List<String> found = new ArrayList<>();
    try {
      Files.walkFileTree(
          tree,
          new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
              return folder.endsWith(".git")
                  ? FileVisitResult.SKIP_SUBTREE
                  : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
              String path = tree.relativize(file).toString();
              if (attributes.isRegularFile() && !file.endsWith(".git") && scope.allows(path)) {
                found.add(path);
              }
              return FileVisitResult.CONTINUE;
            }
          });
    } catch (IOException unreadable) {
      throw new UncheckedIOException("cannot read " + tree, unreadable);
    }
    found.sort(null);
    return List.copyOf(found);
  }
}
