package dev.capstan.sandbox;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Looks at how much the writable folders of a sandbox have grown, on a thread of its own. */
final class DiskWatch implements AutoCloseable {
  private static final Duration INTERVAL = Duration.ofMillis(250);

  private final List<Path> folders;
  private final long limit;
  private final long before;
  private Optional<Thread> thread = Optional.empty();
  private volatile long grown;

  /** Measures what is there before. */
  DiskWatch(List<Path> folders, long limit) {
    this.folders = List.copyOf(folders);
    this.limit = limit;
    this.before = DiskUsage.of(folders);
  }

  static List<Path> writable(Confinement confinement) {
    List<Path> folders = new ArrayList<>();
    for (Bind bind : confinement.binds()) {
      switch (bind) {
        case Bind.Writable(Path host, Path _) -> folders.add(host);
        case Bind.Layered layered -> folders.add(layered.upper());
        case Bind.ReadOnly _, Bind.Scratch _, Bind.Link _ -> {}
      }
    }
    return folders;
  }

  /** Starts to look at a cell, and kills it when the limit is exceeded. */
  void start(Cell cell) {
    Runnable look = () -> watch(cell);
    thread = Optional.of(Thread.ofVirtual().name("capstan-disk-watch").start(look));
  }

  /** The longest file that doesn't by itself break the limit. */
  long longestFile() {
    long headroom = 1 << 20;
    return before > Long.MAX_VALUE - limit - headroom ? Long.MAX_VALUE : before + limit + headroom;
  }

  /** Measures once more, so that what was written at the very end counts too. */
  Optional<Outcome> lastLook() {
    measure(0);
    return breach();
  }

  Optional<Outcome> breach() {
    return grown > limit
        ? Optional.of(
            new Outcome.LimitExceeded(
                Limit.DISK,
                "the writable folders grew by "
                    + grown
                    + " bytes, the limit is "
                    + limit
                    + " bytes"))
        : Optional.empty();
  }

  @Override
  public void close() {
    thread.ifPresent(Thread::interrupt);
  }

  private void watch(Cell cell) {
    try {
      Thread.sleep(INTERVAL);
      while (breach().isEmpty()) {
        long began = System.nanoTime();
        measure(cell.proc().map(proc -> DeletedFiles.bytes(proc, folders)).orElse(0L));
        Duration took = Duration.ofNanos(System.nanoTime() - began);
        Thread.sleep(took.compareTo(INTERVAL) > 0 ? took.multipliedBy(4) : INTERVAL);
      }
      cell.kill();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Once too much it stays too much, even if the command clears up behind itself. */
  private void measure(long deleted) {
    long now = Math.max(grown, DiskUsage.of(folders) - before + deleted);
    grown = now;
  }
}
