package dev.capstan.workspace.artifact;

import dev.capstan.core.ContentHash;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * Artifacts as files, {@code ab/cdef…} by hash. A file is written aside, forced to the disk and
 * renamed, so what stands under a hash is whole. Safe for many threads and processes.
 */
public final class FolderArtifactStore implements ArtifactStore {
  private static final String PART = ".part";

  private final Path folder;
  private final String prefix;

  public FolderArtifactStore(Path folder) {
    this(folder, "");
  }

  /**
   * {@code owner} names this process among those that share the folder, also after a restart: what
   * the others have not finished is left alone.
   */
  public FolderArtifactStore(Path folder, String owner) {
    this.folder = folder;
    this.prefix = owner.isEmpty() ? "new-" : "new-" + owner + '-';
  }

  @Override
  public ContentHash keep(InputStream content) throws IOException {
    Files.createDirectories(folder);
    Path aside = Files.createTempFile(folder, prefix, PART);
    try {
      ContentHash hash = write(content, aside);
      Path place = place(hash);
      Path shelf = Files.createDirectories(place.resolveSibling(""));
      Files.move(aside, place, StandardCopyOption.ATOMIC_MOVE);
      force(shelf);
      force(folder);
      return hash;
    } finally {
      Files.deleteIfExists(aside);
    }
  }

  private static ContentHash write(InputStream content, Path file) throws IOException {
    MessageDigest digest = sha256();
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE);
        OutputStream out = new DigestOutputStream(Channels.newOutputStream(channel), digest)) {
      content.transferTo(out);
      out.flush();
      channel.force(true);
    }
    return new ContentHash(HexFormat.of().formatHex(digest.digest()));
  }

  /** So that the name is on the disk too. */
  private static void force(Path list) throws IOException {
    try (FileChannel channel = FileChannel.open(list, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException missing) {
      throw new IllegalStateException(missing);
    }
  }

  @Override
  public boolean holds(ContentHash hash) {
    return Files.isRegularFile(place(hash));
  }

  @Override
  public InputStream open(ContentHash hash) throws IOException {
    return Files.newInputStream(place(hash));
  }

  @Override
  public long size(ContentHash hash) throws IOException {
    return Files.size(place(hash));
  }

  @Override
  public void clearUnfinished() throws IOException {
    if (!Files.isDirectory(folder)) {
      return;
    }
    try (DirectoryStream<Path> left = Files.newDirectoryStream(folder, this::isOwnPart)) {
      for (Path part : left) {
        Files.deleteIfExists(part);
      }
    }
  }

  private boolean isOwnPart(Path file) {
    String name = file.getFileName().toString();
    return name.startsWith(prefix) && name.endsWith(PART);
  }

  private Path place(ContentHash hash) {
    return folder.resolve(hash.value().substring(0, 2)).resolve(hash.value().substring(2));
  }
}
