package dev.capstan.sandbox;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Processes of an installation's sandboxes that run although nobody waits for them: for cleaning up
 * after a crash. Sees the processes of its own user; Linux only, elsewhere it finds none.
 */
public final class Leftovers {
  private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(30);

  private final String installation;

  /** Those marked with this installation. */
  public Leftovers(String installation) {
    this.installation = installation;
  }

  /**
   * One process.
   *
   * @param label of the confinement it was started for
   */
  public record Leftover(long pid, String label) {}

  /** All there are now, those of running sandboxes included; never this process or its parents. */
  public List<Leftover> find() {
    var own =
        Stream.iterate(
                Optional.of(ProcessHandle.current()),
                Optional::isPresent,
                handle -> handle.flatMap(ProcessHandle::parent))
            .flatMap(Optional::stream)
            .map(ProcessHandle::pid)
            .collect(Collectors.toSet());
    return ProcessFiles.processes(ProcessFiles.PROC).stream()
        .flatMap(process -> leftover(process).stream())
        .filter(leftover -> !own.contains(leftover.pid()))
        .toList();
  }

  /**
   * Kills those whose label is abandoned, and everything they started, and waits until they are
   * gone.
   *
   * @return what was killed
   * @throws IllegalStateException if one can't be killed
   */
  public List<Leftover> kill(Predicate<String> abandoned) {
    List<Leftover> found = matching(abandoned);
    List<Leftover> left = found;
    long began = System.nanoTime();
    while (!left.isEmpty() || (!found.isEmpty() && Remains.anyDying())) {
      left.forEach(this::kill);
      if (System.nanoTime() - began > PATIENCE_NANOS) {
        throw new IllegalStateException("cannot be killed: " + left);
      }
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
      left = matching(abandoned);
    }
    return found;
  }

  private List<Leftover> matching(Predicate<String> abandoned) {
    return find().stream().filter(leftover -> abandoned.test(leftover.label())).toList();
  }

  /** Looks again, after the handle has noted its start: the number may be another's by now. */
  private void kill(Leftover leftover) {
    ProcessHandle.of(leftover.pid())
        .filter(handle -> leftover(ProcessFiles.process(handle.pid())).isPresent())
        .ifPresent(ProcessHandle::destroyForcibly);
  }

  private Optional<Leftover> leftover(Path process) {
    Map<String, String> variables = ProcessFiles.environment(process);
    String label = variables.getOrDefault(Marks.ATTEMPT, "");
    return installation.equals(variables.get(Marks.INSTALLATION)) && !label.isEmpty()
        ? Optional.of(new Leftover(Long.parseLong(process.getFileName().toString()), label))
        : Optional.empty();
  }
}
