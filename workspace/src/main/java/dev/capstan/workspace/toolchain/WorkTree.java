package dev.capstan.workspace.toolchain;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Reads an untrusted work tree: a file is read only when no part of its path is a link and it is
 * small; the walk for names is bounded and enters neither links nor folders of dependencies.
 */
final class WorkTree {
  /** The most that is read of one file, in bytes. */
  static final int LARGEST_FILE = 1 << 20;

  private static final int MOST_ENTRIES = 20_000;
  private static final int DEEPEST = 8;
  private static final Set<String> NOT_ENTERED =
      Set.of(".git", "node_modules", "target", "build", "dist", ".venv", "venv", "__pycache__");

  private final Path root;

  WorkTree(Path root) {
    this.root = root.toAbsolutePath().normalize();
  }

  /** True for a plain file reached without links. */
  boolean has(String path) {
    return plain(path)
        .filter(file -> Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS))
        .isPresent();
  }

  boolean hasFolder(String path) {
    return plain(path)
        .filter(file -> Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS))
        .isPresent();
  }

  /** The text of a plain file; empty when there is none. Bytes that are no UTF-8 are replaced. */
  Optional<String> text(String path) throws Unusable {
    if (!has(path)) {
      return Optional.empty();
    }
    try (InputStream in = Files.newInputStream(root.resolve(path), LinkOption.NOFOLLOW_LINKS)) {
      byte[] bytes = in.readNBytes(LARGEST_FILE + 1);
      if (bytes.length > LARGEST_FILE) {
        throw new Unusable(
            path
                + " is larger than "
                + LARGEST_FILE
                + " bytes, so it is not read. Make it smaller.");
      }
      return Optional.of(new String(bytes, StandardCharsets.UTF_8));
    } catch (NoSuchFileException gone) {
      return Optional.empty();
    } catch (IOException failed) {
      throw new UncheckedIOException("Cannot read " + path, failed);
    }
  }

  /** Paths of plain files whose name matches, relative to the root, in order. */
  List<String> named(Pattern name) {
    List<String> found = new ArrayList<>();
    try {
      Files.walkFileTree(root, Set.of(), DEEPEST, new Names(name, found));
    } catch (IOException failed) {
      throw new UncheckedIOException("Cannot walk " + root, failed);
    }
    return found.stream().sorted().toList();
  }

  private Optional<Path> plain(String path) {
    Path place = root;
    for (Path part : Path.of(path)) {
      place = place.resolve(part);
      if (part.toString().equals("..") || Files.isSymbolicLink(place)) {
        return Optional.empty();
      }
    }
    return Path.of(path).isAbsolute() ? Optional.empty() : Optional.of(place);
  }

  private final class Names extends SimpleFileVisitor<Path> {
    private final Pattern name;
    private final List<String> found;
    private int seen;

    Names(Pattern name, List<String> found) {
      this.name = name;
      this.found = found;
    }

    @Override
    public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
      boolean skip = !folder.equals(root) && NOT_ENTERED.contains(folder.getFileName().toString());
      return skip ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
      seen++;
      if (attributes.isRegularFile() && name.matcher(file.getFileName().toString()).matches()) {
        found.add(root.relativize(file).toString());
      }
      return seen < MOST_ENTRIES ? FileVisitResult.CONTINUE : FileVisitResult.TERMINATE;
    }

    @Override
    public FileVisitResult visitFileFailed(Path file, IOException failure) {
      return FileVisitResult.CONTINUE;
    }
  }
}
