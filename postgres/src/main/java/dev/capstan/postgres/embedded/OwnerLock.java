package dev.capstan.postgres.embedded;

import dev.capstan.postgres.embedded.Ownership.OwnedBy;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The lock on a data folder, and the note beside it that says who holds it.
 *
 * <p>A process loses such a lock as soon as it closes any channel to the file, so within this
 * process a folder's lock file is opened only once, and the note is a file of its own.
 */
final class OwnerLock implements AutoCloseable {
  static final String LOCK_FILE = "owner.lock";
  static final String NOTE_FILE = "owner";
  private static final Set<Path> OURS = ConcurrentHashMap.newKeySet();

  private final Path folder;
  private final FileChannel channel;

  private OwnerLock(Path folder, FileChannel channel) {
    this.folder = folder;
    this.channel = channel;
  }

  static Optional<OwnerLock> tryTake(Path folder) throws IOException {
    if (!OURS.add(folder)) {
      return Optional.empty();
    }
    Optional<OwnerLock> taken = Optional.empty();
    try {
      taken = open(folder);
      return taken;
    } finally {
      if (taken.isEmpty()) {
        OURS.remove(folder);
      }
    }
  }

  private static Optional<OwnerLock> open(Path folder) throws IOException {
    FileChannel channel =
        FileChannel.open(
            folder.resolve(LOCK_FILE), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    try {
      FileLock lock = channel.tryLock();
      if (lock != null) {
        writeNote(folder);
        return Optional.of(new OwnerLock(folder, channel));
      }
    } catch (IOException failure) {
      channel.close();
      throw failure;
    }
    channel.close();
    return Optional.empty();
  }

  private static void writeNote(Path folder) throws IOException {
    String note = ProcessHandle.current().pid() + "\n" + Instant.now() + "\n";
    AtomicFile.write(folder.resolve(NOTE_FILE), note);
  }

  /** The living process that the note names; empty if there is none, or no note. */
  static Optional<OwnedBy> owner(Path folder) throws IOException {
    try {
      List<String> note = Files.readAllLines(folder.resolve(NOTE_FILE));
      long pid = Long.parseLong(note.getFirst());
      Instant since = Instant.parse(note.getLast());
      return ProcessHandle.of(pid)
          .filter(ProcessHandle::isAlive)
          .map(_ -> new OwnedBy(folder, pid, since));
    } catch (NoSuchFileException
        | NumberFormatException
        | DateTimeException
        | NoSuchElementException _) {
      return Optional.empty();
    }
  }

  @Override
  public void close() {
    try {
      if (channel.isOpen()) {
        Files.deleteIfExists(folder.resolve(NOTE_FILE));
        channel.close();
        OURS.remove(folder);
      }
    } catch (IOException failure) {
      throw DataFolderUnusable.because(folder, failure);
    }
  }
}
