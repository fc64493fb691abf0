package dev.capstan.postgres.embedded;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.compressors.xz.XZCompressorInputStream;

/** Unpacks a {@code .txz}: files, folders and symbolic links, none of them outside the target. */
final class Archive {
  private static final int OWNER_MAY_EXECUTE = 0100;

  private final Path target;

  private Archive(Path target) {
    this.target = target;
  }

  /** Each file is on the disk when this returns. */
  static void unpack(InputStream txz, Path target) throws IOException {
    Archive archive = new Archive(target.normalize());
    try (var tar =
        new TarArchiveInputStream(new XZCompressorInputStream(new BufferedInputStream(txz)))) {
      for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
        archive.write(entry, tar);
      }
    }
  }

  private void write(TarArchiveEntry entry, InputStream content) throws IOException {
    Path path = within(target.resolve(entry.getName()), entry);
    if (entry.isDirectory()) {
      Files.createDirectories(path);
      return;
    }
    Files.createDirectories(path.resolveSibling(""));
    if (entry.isSymbolicLink()) {
      within(path.resolveSibling(entry.getLinkName()), entry);
      Files.createSymbolicLink(path, Path.of(entry.getLinkName()));
    } else if (entry.isFile()) {
      writeFile(path, content, (entry.getMode() & OWNER_MAY_EXECUTE) != 0);
    } else {
      throw new IOException("unexpected kind of entry in the archive: " + entry.getName());
    }
  }

  private static void writeFile(Path path, InputStream content, boolean executable)
      throws IOException {
    try (FileChannel channel =
        FileChannel.open(path, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      content.transferTo(Channels.newOutputStream(channel));
      channel.force(false);
    }
    String mode = executable ? "rwxr-xr-x" : "rw-r--r--";
    Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(mode));
  }

  private Path within(Path path, TarArchiveEntry entry) throws IOException {
    Path normal = path.normalize();
    if (!normal.startsWith(target)) {
      throw new IOException("entry leads out of the archive: " + entry.getName());
    }
    return normal;
  }
}
