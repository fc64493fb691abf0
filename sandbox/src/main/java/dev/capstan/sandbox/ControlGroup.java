package dev.capstan.sandbox;

import dev.capstan.sandbox.ControlParent.Controller;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** The cgroups that one sandbox is in; none where none can be made. */
final class ControlGroup implements AutoCloseable {
  private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(2);

  private final List<Member> members;
  private final Limits limits;

  ControlGroup(List<Member> members, Limits limits) {
    this.members = members;
    this.limits = limits;
  }

  /** In one hierarchy. */
  record Member(Path folder, boolean unified, Set<Controller> controllers) {
    private Optional<Limit> breach() {
      return controllers.stream()
          .filter(controller -> happened(controller) > 0)
          .flatMap(controller -> controller.limit().stream())
          .findFirst();
    }

    private long happened(Controller controller) {
      return switch (controller) {
        case MEMORY -> count(unified ? "memory.events" : "memory.oom_control", "oom_kill");
        case PIDS -> count("pids.events", "max");
        case CPU -> 0;
      };
    }

    private long count(String file, String name) {
      try {
        return Files.readAllLines(folder.resolve(file)).stream()
            .filter(line -> line.matches(name + " \\d{1,18}"))
            .mapToLong(line -> Long.parseLong(line.substring(name.length() + 1)))
            .sum();
      } catch (IOException e) {
        return 0;
      }
    }
  }

  /** Where a process writes itself into, to be in all of them. */
  List<Path> entrances() {
    return members.stream().map(member -> member.folder().resolve("cgroup.procs")).toList();
  }

  /** True if the kernel itself keeps to that limit. */
  boolean holds(Limit limit) {
    return members.stream()
        .flatMap(member -> member.controllers().stream())
        .anyMatch(controller -> controller.limit().equals(Optional.of(limit)));
  }

  /** What the kernel had to refuse or kill. */
  Optional<Outcome> breach() {
    return members.stream()
        .flatMap(member -> member.breach().stream())
        .findFirst()
        .map(limit -> new Outcome.LimitExceeded(limit, detail(limit)));
  }

  private String detail(Limit limit) {
    return switch (limit) {
      case MEMORY -> "reached the limit of " + limits.memoryBytes() + " bytes of memory";
      case PROCESSES -> "reached the limit of " + limits.processes() + " processes and threads";
      case DISK, OUTPUT -> throw new IllegalArgumentException("no cgroup holds " + limit);
    };
  }

  /** Removes them; what cannot be removed yet is a leftover for later. */
  @Override
  public void close() {
    members.forEach(member -> remove(member.folder()));
  }

  /** A process that was just killed may still be in it for a moment. */
  static boolean remove(Path folder) {
    long began = System.nanoTime();
    while (System.nanoTime() - began < PATIENCE_NANOS) {
      try {
        return Files.deleteIfExists(folder);
      } catch (IOException busy) {
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
      }
    }
    return false;
  }
}
