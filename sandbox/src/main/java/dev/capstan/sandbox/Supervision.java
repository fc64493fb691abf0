package dev.capstan.sandbox;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** One run of one command, from its start until all of it is gone. */
final class Supervision {
  private static final long TICK_NANOS = TimeUnit.MILLISECONDS.toNanos(100);
  private static final Duration LAST_WORDS = Duration.ofSeconds(5);

  private final Limits limits;
  private final DiskWatch disk;
  private final ControlGroup group;
  private final Cell cell;
  private final Output output;
  private final List<Thread> readers;
  private final long began = System.nanoTime();

  private Supervision(
      Limits limits, DiskWatch disk, ControlGroup group, Cell cell, OutputListener listener) {
    this.limits = limits;
    this.disk = disk;
    this.group = group;
    this.cell = cell;
    this.output = new Output(listener, limits.outputBytes(), cell::kill);
    this.readers = startReaders(cell.outer());
  }

  static Outcome run(
      Limits limits,
      DiskWatch disk,
      ControlGroup group,
      List<String> command,
      Map<String, String> environment,
      OutputListener listener)
      throws IOException {
    Cell cell = Cell.start(command, environment, listener instanceof Conversation);
    if (listener instanceof Conversation conversation) {
      conversation.over(cell::orphans);
      conversation.begin(cell.outer().getOutputStream());
    }
    return new Supervision(limits, disk, group, cell, listener).run();
  }

  private Outcome run() {
    Outcome outcome;
    try (disk) {
      disk.start(cell);
      outcome = attend();
    } finally {
      cell.end();
      finishOutput();
    }
    output.throwFailure();
    return outcome instanceof Outcome.Exited exited ? judge(exited) : outcome;
  }

  private Outcome attend() {
    Watchdog watchdog = new Watchdog(cell, limits, group.holds(Limit.MEMORY));
    try {
      while (!cell.outer().waitFor(untilNextLook(), TimeUnit.NANOSECONDS)) {
        Optional<Outcome> breach = watchdog.look().or(group::breach);
        if (breach.isPresent()) {
          return breach.get();
        }
        if (took().compareTo(limits.time()) >= 0) {
          return new Outcome.TimedOut(limits.time());
        }
      }
      return new Outcome.Exited(cell.outer().exitValue(), took());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new Outcome.Stopped();
    }
  }

  private long untilNextLook() {
    return Math.clamp(limits.time().minus(took()).toNanos(), 1, TICK_NANOS);
  }

  private Duration took() {
    return Duration.ofNanos(System.nanoTime() - began);
  }

  /** What looks like an exit may be the end of one that was killed, or of bubblewrap itself. */
  private Outcome judge(Outcome.Exited exited) {
    return output
        .breach()
        .or(disk::lastLook)
        .or(group::breach)
        .or(() -> failedStart(exited))
        .orElse(exited);
  }

  private Optional<Outcome> failedStart(Outcome.Exited exited) {
    String line = output.onlyErrorLine();
    return exited.code() == 1 && line.startsWith("bwrap: ")
        ? Optional.of(new Outcome.NotStarted(line.substring("bwrap: ".length())))
        : Optional.empty();
  }

  private List<Thread> startReaders(Process process) {
    Runnable out = new LineReader(process.getInputStream(), OutputListener.Stream.OUT, output);
    Runnable err = new LineReader(process.getErrorStream(), OutputListener.Stream.ERR, output);
    return List.of(
        Thread.ofVirtual().name("capstan-out").start(out),
        Thread.ofVirtual().name("capstan-err").start(err));
  }

  /**
   * With every writer gone both streams end at once, unless one was handed to a process outside
   * over a socket: that one isn't waited for.
   */
  private void finishOutput() {
    boolean interrupted = false;
    for (Thread reader : readers) {
      try {
        interrupted |= Thread.interrupted();
        reader.join(LAST_WORDS);
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    output.close();
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
