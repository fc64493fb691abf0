package dev.capstan.postgres.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Files and folders that are there whole or not at all, also after a power cut. */
final class AtomicFile {
  private AtomicFile() {}

  /** Writes a small file that only its user may read. */
  static void write(Path file, String content) throws IOException {
    Path folder = parent(file);
    Path draft = Files.createTempFile(folder, "." + file.getFileName(), ".new");
    try {
      Files.writeString(draft, content);
      force(draft);
      Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
      force(folder);
    } finally {
      Files.deleteIfExists(draft);
    }
  }

  /** Puts a finished folder in its place, which must be free. */
  static void moveFolder(Path from, Path to) throws IOException {
    Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
    force(parent(to));
  }

  /** Sends a file, or a folder's list of names, to the disk. */
  static void force(Path path) throws IOException {
    try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }

  static void deleteTree(Path root) throws IOException {
    if (!Files.exists(root, LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    try (Stream<Path> tree = Files.walk(root)) {
      List<Path> leavesFirst = tree.sorted(Comparator.reverseOrder()).toList();
      for (Path path : leavesFirst) {
        Files.deleteIfExists(path);
      }
    } catch (UncheckedIOException failure) {
      throw failure.getCause();
    }
  }

  private static Path parent(Path path) {
    Path parent = path.getParent();
    if (parent == null) {
      throw new IllegalArgumentException("has no parent: " + path);
    }
    return parent;
  }
}
