package dev.capstan.worker;

import dev.capstan.core.ProjectId;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import org.jspecify.annotations.Nullable;

/**
 * Folders of the work tree that set-up fills, such as {@code node_modules}: kept once, and copied
 * into every clone, so that no attempt can spoil what another one uses.
 */
final class Prepared {
  private final ProjectCaches caches;
  private final ProjectId project;
  private final Recipe recipe;

  Prepared(ProjectCaches caches, ProjectId project, Recipe recipe) {
    this.caches = caches;
    this.project = project;
    this.recipe = recipe;
  }

  /** Keeps what set-up has put into the tree. */
  void keep(Path tree) throws IOException {
    for (String folder : recipe.toolchain().prepared()) {
      Path kept = caches.prepared(project, recipe.fingerprint(), folder);
      Path aside = kept.resolveSibling(kept.getFileName() + ".part");
      deleteAll(aside);
      if (!isBehindLink(tree, folder)
          && Files.isDirectory(tree.resolve(folder), LinkOption.NOFOLLOW_LINKS)) {
        copy(tree.resolve(folder), aside);
        deleteAll(kept);
        Files.move(aside, kept, StandardCopyOption.ATOMIC_MOVE);
      }
    }
  }

  /** Puts a copy of it into the tree. */
  void bring(Path tree) throws IOException {
    for (String folder : recipe.toolchain().prepared()) {
      Path kept = caches.prepared(project, recipe.fingerprint(), folder);
      Path place = tree.resolve(folder);
      if (!isBehindLink(tree, folder)
          && Files.isDirectory(kept)
          && !Files.exists(place, LinkOption.NOFOLLOW_LINKS)) {
        copy(kept, place);
      }
    }
  }

  /** A link in the tree may lead anywhere, so what lies behind one is neither kept nor made. */
  private static boolean isBehindLink(Path tree, String folder) {
    Path place = tree;
    for (Path part : Path.of(folder)) {
      place = place.resolve(part);
      if (Files.isSymbolicLink(place)) {
        return true;
      }
    }
    return false;
  }

  private static void copy(Path from, Path to) throws IOException {
    Files.createDirectories(to.getParent());
    Files.walkFileTree(
        from,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes)
              throws IOException {
            Files.createDirectories(to.resolve(from.relativize(folder).toString()));
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            if (attributes.isRegularFile() || attributes.isSymbolicLink()) {
              Files.copy(
                  file,
                  to.resolve(from.relativize(file).toString()),
                  LinkOption.NOFOLLOW_LINKS,
                  StandardCopyOption.COPY_ATTRIBUTES);
            }
            return FileVisitResult.CONTINUE;
          }
        });
  }

  private static void deleteAll(Path folder) throws IOException {
    if (!Files.exists(folder, LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    Files.walkFileTree(
        folder,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.delete(file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path visited, @Nullable IOException failure)
              throws IOException {
            if (failure != null) {
              throw failure;
            }
            Files.delete(visited);
            return FileVisitResult.CONTINUE;
          }
        });
  }
}
