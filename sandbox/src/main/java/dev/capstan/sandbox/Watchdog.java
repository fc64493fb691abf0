package dev.capstan.sandbox;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Looks at the number of processes in a cell, and at their memory where no kernel counts it. A
 * process that is just being forked shares all of its memory with its parent for a moment, and
 * nothing tells: it counts twice.
 */
final class Watchdog {
  private final Cell cell;
  private final Limits limits;
  private final boolean memoryIsHeld;

  /** At the last look: only what is above it twice in a row counts, by then a fork is over. */
  private boolean above;

  Watchdog(Cell cell, Limits limits, boolean memoryIsHeld) {
    this.cell = cell;
    this.limits = limits;
    this.memoryIsHeld = memoryIsHeld;
  }

  Optional<Outcome> look() {
    List<Path> processes = cell.proc().map(ProcessFiles::processes).orElse(List.of());
    long tasks = 0;
    long resident = 0;
    for (Path process : processes) {
      Map<String, String> status = ProcessFiles.fields(process.resolve("status"));
      tasks += ProcessFiles.number(status, "Threads");
      resident += ProcessFiles.number(status, "VmRSS") << 10;
    }
    if (tasks > limits.processes()) {
      return breach(Limit.PROCESSES, limits.processes() + " processes and threads", "" + tasks);
    }
    long memory =
        memoryIsHeld || resident <= limits.memoryBytes() ? resident : proportional(processes);
    boolean wasAbove = above;
    above = !memoryIsHeld && memory > limits.memoryBytes();
    return above && wasAbove
        ? breach(Limit.MEMORY, limits.memoryBytes() + " bytes of memory", memory + " bytes")
        : Optional.empty();
  }

  /** Each shared page once; dear to read, so only asked for when in doubt. */
  private static long proportional(List<Path> processes) {
    return processes.stream()
        .map(process -> ProcessFiles.fields(process.resolve("smaps_rollup")))
        .mapToLong(rollup -> ProcessFiles.number(rollup, "Pss") << 10)
        .sum();
  }

  private static Optional<Outcome> breach(Limit limit, String allowed, String seen) {
    return Optional.of(
        new Outcome.LimitExceeded(limit, "used " + seen + ", the limit is " + allowed));
  }
}
