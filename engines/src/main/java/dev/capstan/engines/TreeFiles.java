package dev.capstan.engines;

import dev.capstan.core.plan.Scope;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The files of a work tree. Links are not followed. */
public final class TreeFiles {
  private static final int LARGEST = 1 << 20;

  private TreeFiles() {}

  /**
   * The text of a file of a tree in which nothing is running. Empty for what is no regular file, is
   * larger than 1 MiB or can't be read.
   */
  public static Optional<String> text(Path tree, String path) {
    Optional<Path> place = place(tree, path).filter(TreeFiles::isFile);
    if (place.isEmpty()) {
      return Optional.empty();
    }
    Path file = place.get();
    try (InputStream in = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
      byte[] bytes = in.readNBytes(LARGEST + 1);
      return bytes.length > LARGEST
          ? Optional.empty()
          : Optional.of(new String(bytes, StandardCharsets.UTF_8));
    } catch (IOException unreadable) {
      return Optional.empty();
    }
  }

  private static boolean isFile(Path file) {
    return Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS);
  }

  /**
   * Where a path leads in a tree in which nothing is running; something need not be there. Empty if
   * it leads out of it, through a link, or to git's own files: whoever names the path may want
   * that.
   */
  public static Optional<Path> place(Path tree, String path) {
    if (path.isBlank() || path.indexOf('\0') >= 0) {
      return Optional.empty();
    }
    Path file = tree.resolve(path).normalize();
    if (!file.startsWith(tree) || file.equals(tree)) {
      return Optional.empty();
    }
    Path at = tree;
    for (Path part : tree.relativize(file)) {
      if (Files.isSymbolicLink(at) || part.toString().equalsIgnoreCase(".git")) {
        return Optional.empty();
      }
      at = at.resolve(part);
    }
    return Files.isSymbolicLink(file) ? Optional.empty() : Optional.of(file);
  }

  /**
   * The paths of the regular files that a scope allows, in order, relative to the tree. Git's own
   * files are none of the tree's.
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
