package dev.capstan.postgres.embedded;

import dev.capstan.postgres.embedded.Ownership.Owned;
import dev.capstan.postgres.embedded.Ownership.OwnedBy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Optional;

/**
 * The folder with everything an installation keeps, while this process owns it. One process owns a
 * folder at a time; the operating system takes the lock back when the owner dies.
 *
 * <p>Closing gives the folder up; close what lives in it first.
 */
public final class DataFolder implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final Path path;
  private final OwnerLock lock;

  private final String serverId;

  private DataFolder(Path path, OwnerLock lock, String serverId) {
    this.path = path;
    this.lock = lock;
    this.serverId = serverId;
  }

  /**
   * Owns the folder or says who does. A missing or empty folder is made into a data folder; it is
   * readable by its user only.
   *
   * @throws DataFolderUnusable if it holds something else, was written by a newer Capstan or
   *     another PostgreSQL, or can't be written to
   */
  public static Ownership tryOwn(Path wanted) {
    Path folder = wanted.toAbsolutePath().normalize();
    try {
      requireFolder(folder);
      Path real = folder.toRealPath();
      FolderLayout.requireKnown(real);
      return lock(real);
    } catch (IOException failure) {
      throw DataFolderUnusable.because(folder, failure);
    }
  }

  /** The real, absolute path. */
  public Path path() {
    return path;
  }

  /** Names whichever process owns the folder among those of other folders, also after a restart. */
  public String serverId() {
    return serverId;
  }

  @Override
  public void close() {
    lock.close();
  }

  private static void requireFolder(Path folder) throws IOException {
    if (Files.exists(folder) && !Files.isDirectory(folder)) {
      throw new DataFolderUnusable(
          "The data folder " + folder + " is a file. Name a folder, or move that file away.");
    }
    if (!Files.exists(folder)) {
      Files.createDirectories(folder);
    }
  }

  private static Ownership lock(Path folder) throws IOException {
    long giveUp = System.nanoTime() + PATIENCE.toNanos();
    while (System.nanoTime() < giveUp) {
      Optional<OwnerLock> lock = OwnerLock.tryTake(folder);
      if (lock.isPresent()) {
        return new Owned(prepare(folder, lock.get()));
      }
      Optional<OwnedBy> owner = OwnerLock.owner(folder);
      if (owner.isPresent()) {
        return owner.get();
      }
      Pause.briefly(); // between taking the lock and saying so, or between two owners
    }
    throw new DataFolderUnusable(
        "The data folder "
            + folder
            + " is locked by a process that does not say who it is. Find it with: fuser "
            + folder.resolve(OwnerLock.LOCK_FILE));
  }

  private static DataFolder prepare(Path folder, OwnerLock lock) throws IOException {
    try {
      FolderLayout.requireKnown(folder); // another owner may have written it in between
      if (!isPrivate(folder)) {
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
      }
      FolderLayout.writeIfMissing(folder);
      return new DataFolder(folder, lock, FolderLayout.serverId(folder));
    } catch (IOException | RuntimeException failure) {
      lock.close();
      throw failure;
    }
  }

  private static boolean isPrivate(Path folder) throws IOException {
    return PosixFilePermissions.toString(
            Files.getPosixFilePermissions(folder, LinkOption.NOFOLLOW_LINKS))
        .equals("rwx------");
  }
}
