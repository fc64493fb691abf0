package dev.capstan.workspace.git;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLockInterruptionException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;

/**
 * One holder at a time among all threads and processes that use a folder. The system lets go when
 * the holder ends. A process loses a file lock when it closes any channel to the file, so in one
 * process only the holder has it open.
 */
public final class ProjectLock implements AutoCloseable {
  private static final Map<Path, ReentrantLock> OURS = new ConcurrentHashMap<>();

  private final ReentrantLock lock;
  private final FileChannel channel;

  private ProjectLock(ReentrantLock lock, FileChannel channel) {
    this.lock = lock;
    this.channel = channel;
  }

  /** Waits for it. */
  public static ProjectLock take(Path file) throws InterruptedException {
    ReentrantLock lock = OURS.computeIfAbsent(file, _ -> new ReentrantLock());
    lock.lockInterruptibly();
    try {
      return new ProjectLock(lock, open(file));
    } catch (FileLockInterruptionException _) {
      lock.unlock();
      throw new InterruptedException("interrupted while waiting for " + file);
    } catch (IOException failure) {
      lock.unlock();
      throw new GitFailure("the lock " + file + " can't be taken: " + failure, failure);
    }
  }

  private static FileChannel open(Path file) throws IOException {
    Files.createDirectories(file.getParent());
    FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    try {
      var _ = channel.lock();
      return channel;
    } catch (IOException failure) {
      channel.close();
      throw failure;
    }
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException failure) {
      throw new GitFailure("a lock can't be released: " + failure, failure);
    } finally {
      lock.unlock();
    }
  }
}
