package dev.capstan.verification.report;

import dev.capstan.core.plan.Scope;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/** Finds and reads the files of a folder that a foreign command wrote. No link is followed. */
public final class ReportFiles {
  /** Of one file, in bytes. */
  static final int LARGEST = 64 * 1024 * 1024;

  private static final int MOST = 20_000;

  private ReportFiles() {}

  /**
   * The files, links and other entries that match a glob, sorted; empty if there is no such folder.
   *
   * @param globs relative to the folder, in the form {@link Scope} has; none match nothing
   * @throws UnreadableReport if there are more than a project can sensibly have
   */
  public static SortedSet<Path> find(Path folder, List<String> globs) throws UnreadableReport {
    SortedSet<Path> found = new TreeSet<>();
    if (globs.isEmpty() || !Files.isDirectory(folder)) {
      return found;
    }
    Scope wanted = new Scope(globs);
    try {
      Files.walkFileTree(
          folder,
          new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path sub, BasicFileAttributes attributes) {
              return sub.endsWith(".git") ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
              if (wanted.allows(slashes(folder.relativize(file)))) {
                found.add(file);
              }
              return found.size() > MOST ? FileVisitResult.TERMINATE : FileVisitResult.CONTINUE;
            }

            // A folder that cannot be listed: reading it will fail too, and say why.
            @Override
            public FileVisitResult visitFileFailed(Path file, IOException reason) {
              found.add(file);
              return FileVisitResult.CONTINUE;
            }
          });
    } catch (IOException e) {
      throw new UnreadableReport("its folders can't be listed: " + e.getMessage());
    }
    if (found.size() > MOST) {
      throw new UnreadableReport("more than " + MOST + " files match " + String.join(", ", globs));
    }
    return found;
  }

  /**
   * The content of a file.
   *
   * @throws UnreadableReport if it is no plain file, too large, or can't be read
   */
  public static byte[] read(Path file) throws UnreadableReport {
    if (Files.isSymbolicLink(file)) {
      throw new UnreadableReport("it is a symbolic link, which is not followed");
    }
    if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
      throw new UnreadableReport("it is not a plain file");
    }
    try (SeekableByteChannel channel =
            Files.newByteChannel(file, Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS));
        InputStream content = Channels.newInputStream(channel)) {
      byte[] bytes = content.readNBytes(LARGEST + 1);
      if (bytes.length > LARGEST) {
        throw new UnreadableReport("it is larger than 64 MB");
      }
      return bytes;
    } catch (IOException e) {
      throw new UnreadableReport("it can't be read: " + e.getMessage());
    }
  }

  static String slashes(Path relative) {
    return relative.toString().replace(relative.getFileSystem().getSeparator(), "/");
  }
}
