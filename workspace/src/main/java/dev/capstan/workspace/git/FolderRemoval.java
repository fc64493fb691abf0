package dev.capstan.workspace.git;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * Deletes a folder that strangers filled. It is first moved aside in one step, so half of it is
 * never taken for a work folder. Permissions are opened on the way; a path that grows too long for
 * the system is moved up.
 */
final class FolderRemoval {
  private static final int LONG_PATH = 2_000;
  private static final int MOST_REFILLED = 10_000;
  private static final Set<PosixFilePermission> OPEN =
      EnumSet.of(
          PosixFilePermission.OWNER_READ,
          PosixFilePermission.OWNER_WRITE,
          PosixFilePermission.OWNER_EXECUTE);

  private final Layout layout;
  private final Deque<Path> waiting = new ArrayDeque<>();
  private int refilled;

  private FolderRemoval(Layout layout) {
    this.layout = layout;
  }

  static void remove(Path folder, Layout layout) {
    try {
      if (Files.exists(folder, LinkOption.NOFOLLOW_LINKS)) {
        new FolderRemoval(layout).removeAll(folder);
      }
    } catch (IOException failure) {
      throw new GitFailure("the folder " + folder + " can't be deleted: " + failure, failure);
    }
  }

  /** Deletes what is short-lived and outlived its maker; a mirror that was set aside is kept. */
  static void clearScratch(Layout layout) {
    entries(layout.scratches(), FolderRemoval::isNoMirror).forEach(entry -> remove(entry, layout));
    entries(layout.drafts(), entry -> isNoMirror(entry) && layout.isOwnDraft(entry))
        .forEach(entry -> remove(entry, layout));
  }

  private static boolean isNoMirror(Path entry) {
    return !entry.getFileName().toString().contains(Mirrors.SET_ASIDE);
  }

  private static List<Path> entries(Path folder, DirectoryStream.Filter<Path> which) {
    List<Path> found = new ArrayList<>();
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder, which)) {
      entries.forEach(found::add);
      return found;
    } catch (IOException | DirectoryIteratorException failure) {
      throw new GitFailure("what a crash has left can't be found: " + failure, failure);
    }
  }

  private void removeAll(Path folder) throws IOException {
    moveAside(folder);
    while (!waiting.isEmpty()) {
      removeTree(waiting.pop());
    }
  }

  private void moveAside(Path path) throws IOException {
    if (isFolder(path)) {
      Files.setPosixFilePermissions(path, OPEN);
    }
    Path aside = layout.aside(path);
    Files.move(path, aside);
    waiting.push(aside);
  }

  /** Depth first, with a stack of its own: a stranger's folder can be deeper than ours. */
  private void removeTree(Path top) throws IOException {
    Deque<Path> open = new ArrayDeque<>(List.of(top));
    while (!open.isEmpty()) {
      Path path = open.peek();
      List<Path> folders = isFolder(path) ? emptyOfFiles(path) : List.of();
      if (folders.isEmpty() && isDeleted(path)) {
        open.pop();
      }
      for (Path below : folders) {
        if (below.toString().length() > LONG_PATH) {
          moveAside(below);
        } else {
          open.push(below);
        }
      }
    }
  }

  /**
   * False if something was written in it since it was emptied, as by a git that outlives its killed
   * parent for a moment; it is then emptied again.
   */
  private boolean isDeleted(Path path) throws IOException {
    try {
      Files.deleteIfExists(path);
      return true;
    } catch (DirectoryNotEmptyException filled) {
      refilled++;
      if (refilled > MOST_REFILLED) {
        throw filled;
      }
      return false;
    }
  }

  /** Deletes what is no folder, and says which folders are left. */
  private static List<Path> emptyOfFiles(Path folder) throws IOException {
    Files.setPosixFilePermissions(folder, OPEN);
    List<Path> folders = new ArrayList<>();
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
      for (Path entry : entries) {
        if (isFolder(entry)) {
          folders.add(entry);
        } else {
          Files.deleteIfExists(entry);
        }
      }
    }
    return folders;
  }

  private static boolean isFolder(Path path) {
    return Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS);
  }
}
