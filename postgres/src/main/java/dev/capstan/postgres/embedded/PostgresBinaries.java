package dev.capstan.postgres.embedded;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Properties;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * The programs of PostgreSQL, unpacked once for all data folders of a user into {@code
 * <home>/postgres/<version>-<platform>}.
 *
 * <p>They are unpacked beside their place and moved there in one step. So several processes may do
 * it at once, and one that is killed leaves only a folder that a later one removes.
 */
final class PostgresBinaries {
  private static final String DRAFT_PREFIX = ".unpacking-";
  private static final Duration DRAFT_LIFE = Duration.ofHours(1);
  private static final long BYTES = 100L * 1024 * 1024;
  private static final String VERSION = readVersion();

  private final Path folder;

  private PostgresBinaries(Path folder) {
    this.folder = folder;
  }

  /** Unpacks them if they are not there yet; that takes a second or two. */
  static PostgresBinaries under(Path home) {
    Platform platform = Platform.current();
    Path shelf = home.toAbsolutePath().normalize().resolve("postgres");
    Path folder = shelf.resolve(VERSION + '-' + platform);
    try {
      if (!Files.isDirectory(folder)) {
        Files.createDirectories(shelf);
        removeOldDrafts(shelf);
        FreeSpace.require(shelf, BYTES, "the programs of PostgreSQL");
        unpack(platform, shelf, folder);
      }
      return new PostgresBinaries(folder.toRealPath());
    } catch (IOException failure) {
      throw new EmbeddedPostgresFailed(
          "The programs of PostgreSQL can't be unpacked into " + shelf + ": " + failure, failure);
    }
  }

  /** The release of the artifact, such as {@code 18.6.0}. */
  static String version() {
    return VERSION;
  }

  static int majorVersion() {
    return Integer.parseInt(VERSION.substring(0, VERSION.indexOf('.')));
  }

  /** {@code initdb}, {@code pg_ctl} or {@code postgres}. */
  Path program(String name) {
    return folder.resolve("bin").resolve(name);
  }

  private static void unpack(Platform platform, Path shelf, Path folder) throws IOException {
    Path draft = Files.createDirectory(shelf.resolve(DRAFT_PREFIX + UUID.randomUUID()));
    Files.setPosixFilePermissions(draft, PosixFilePermissions.fromString("rwxr-xr-x"));
    try (InputStream archive = archive(platform)) {
      Archive.unpack(archive, draft);
      moveUnlessThere(draft, folder);
    } finally {
      AtomicFile.deleteTree(draft);
    }
  }

  private static void moveUnlessThere(Path draft, Path folder) throws IOException {
    try {
      AtomicFile.moveFolder(draft, folder);
    } catch (IOException failure) {
      if (!Files.isDirectory(folder)) {
        throw failure;
      }
    }
  }

  private static InputStream archive(Platform platform) {
    InputStream archive =
        PostgresBinaries.class.getClassLoader().getResourceAsStream(platform.archive());
    if (archive == null) {
      throw new EmbeddedPostgresFailed(
          "This Capstan was built without the PostgreSQL for "
              + platform
              + ". Use a PostgreSQL of your own with --database-url.");
    }
    return archive;
  }

  private static void removeOldDrafts(Path shelf) throws IOException {
    Instant oldest = Instant.now().minus(DRAFT_LIFE);
    try (Stream<Path> files = Files.list(shelf)) {
      List<Path> drafts =
          files.filter(file -> file.getFileName().toString().startsWith(DRAFT_PREFIX)).toList();
      for (Path draft : drafts) {
        if (Files.getLastModifiedTime(draft).toInstant().isBefore(oldest)) {
          AtomicFile.deleteTree(draft);
        }
      }
    }
  }

  private static String readVersion() {
    try (InputStream stream = PostgresBinaries.class.getResourceAsStream("binaries.properties")) {
      Properties properties = new Properties();
      properties.load(stream);
      return properties.getProperty("version");
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
