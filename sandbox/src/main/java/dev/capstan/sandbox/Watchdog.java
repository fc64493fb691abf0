package dev.capstan.sandbox;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Looks at the memory and the number of processes in a cell. */
final class Watchdog {
  private final Cell cell;
  private final Limits limits;

  Watchdog(Cell cell, Limits limits) {
    this.cell = cell;
    this.limits = limits;
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
    if (resident > limits.memoryBytes()) {
      return judge(proportional(processes));
    }
    return Optional.empty();
  }

  private Optional<Outcome> judge(long memory) {
    return memory > limits.memoryBytes()
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
