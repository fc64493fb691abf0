package dev.capstan.sandbox;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * One running bubblewrap and its process namespace.
 *
 * <p>The process we start stands outside. Its child is the first of the namespace: the kernel lets
 * it go only after every other process in there is gone, so that one is what we wait for.
 */
final class Cell {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final ProcessBuilder.Redirect NOTHING =
      ProcessBuilder.Redirect.from(new File("/dev/null"));
  private static final long POLL_NANOS = 300_000;

  private final Process outer;
  private final String token;
  private final Optional<ProcessHandle> first;

  private Cell(Process outer, String token) {
    this.outer = outer;
    this.token = token;
    this.first = awaitFirst();
  }

  /** {@code listens} says whether the command's standard input is open, to be written to. */
  static Cell start(List<String> command, Map<String, String> environment, boolean listens)
      throws IOException {
    String token = UUID.randomUUID().toString();
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.redirectInput(listens ? ProcessBuilder.Redirect.PIPE : NOTHING);
    builder.directory(ProcessFiles.PROC.getRoot().toFile());
    builder.environment().clear();
    builder.environment().putAll(environment);
    builder.environment().put(Marks.SANDBOX, token);
    return new Cell(Spawner.start(builder), token);
  }

  Process outer() {
    return outer;
  }

  /** The {@code /proc} of the namespace, which holds exactly its processes. */
  Optional<Path> proc() {
    return first.map(handle -> ProcessFiles.process(handle.pid()).resolve("root/proc"));
  }

  /** What hangs at the first process beside the command, which was there before all others. */
  Map<Long, String> orphans() {
    SortedMap<Long, String> found = new TreeMap<>();
    for (Path process : proc().map(ProcessFiles::processes).orElse(List.of())) {
      Map<String, String> status = ProcessFiles.fields(process.resolve("status"));
      if (ProcessFiles.number(status, "PPid") == 1 && ProcessFiles.isActing(process)) {
        found.put(Long.parseLong(process.getFileName().toString()), ProcessFiles.command(process));
      }
    }
    return found.isEmpty() ? Map.of() : found.tailMap(found.firstKey() + 1);
  }

  /**
   * Kills everything in it, at once; may be called at any time, by any thread.
   *
   * <p>Through a handle, as {@link Process#destroyForcibly} would also throw away what was printed.
   */
  void kill() {
    first.orElseGet(outer::toHandle).destroyForcibly();
  }

  /** Kills what is left and blocks until it is gone; not to be interrupted. */
  void end() {
    boolean interrupted = Thread.interrupted();
    kill();
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    try {
      interrupted |= awaitOuter();
      while (isActing()) {
        if (System.nanoTime() - deadline > 0) {
          throw new IllegalStateException("cannot be killed: a process of sandbox " + token);
        }
        LockSupport.parkNanos(POLL_NANOS);
        interrupted |= Thread.interrupted();
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /** With the first one killed the outer one ends by itself, having taken note of it. */
  private boolean awaitOuter() {
    boolean interrupted = false;
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(2);
    while (outer.isAlive()) {
      try {
        if (System.nanoTime() - deadline > 0) {
          outer.toHandle().destroyForcibly();
        }
        outer.waitFor(100, TimeUnit.MILLISECONDS);
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    return interrupted;
  }

  private boolean isActing() {
    return first
        .map(
            handle -> handle.isAlive() && ProcessFiles.isActing(ProcessFiles.process(handle.pid())))
        .orElseGet(() -> Remains.anyOf(token));
  }

  /** It exists long before the command starts; we only miss it when we are held up for long. */
  private Optional<ProcessHandle> awaitFirst() {
    Optional<Long> child = ProcessFiles.child(outer.pid());
    while (child.isEmpty() && outer.isAlive()) {
      LockSupport.parkNanos(POLL_NANOS);
      child = ProcessFiles.child(outer.pid());
    }
    return child.flatMap(ProcessHandle::of);
  }
}
