package dev.capstan.sandbox;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;

/**
 * A cgroup under which we may make others.
 *
 * @param folder where it is mounted
 * @param unified true for version 2, where one hierarchy has all controllers
 * @param controllers to be used in this hierarchy
 */
record ControlParent(Path folder, boolean unified, Set<Controller> controllers) {
  ControlParent {
    controllers = Set.copyOf(controllers);
  }

  /** What a cgroup can limit. */
  enum Controller {
    MEMORY,
    PIDS,
    CPU;

    String fileName() {
      return name().toLowerCase(Locale.ROOT);
    }

    /** What it holds; the processor's share is no limit. */
    Optional<Limit> limit() {
      return switch (this) {
        case MEMORY -> Optional.of(Limit.MEMORY);
        case PIDS -> Optional.of(Limit.PROCESSES);
        case CPU -> Optional.empty();
      };
    }
  }

  /** What is written to a file of a cgroup; one that is not required may be missing there. */
  record Setting(String file, String value, boolean required) {}

  String version() {
    return unified ? "cgroup v2" : "cgroup v1";
  }

  /** With the controllers that can really be set here; empty if there are none. */
  Optional<ControlParent> usable(String prefix) {
    if (unified) {
      enable();
    }
    Set<Controller> working = new TreeSet<>();
    for (Controller controller : controllers) {
      ControlParent alone = new ControlParent(folder, unified, Set.of(controller));
      Path probe = folder.resolve(prefix + UUID.randomUUID());
      try (ControlGroup group =
          new ControlGroup(
              List.of(alone.make(probe.getFileName().toString(), Limits.DEFAULT)),
              Limits.DEFAULT)) {
        if (group.breach().isEmpty()) {
          working.add(controller);
        }
      } catch (IOException _) {
        ControlGroup.remove(probe);
      }
    }
    return working.isEmpty()
        ? Optional.empty()
        : Optional.of(new ControlParent(folder, unified, working));
  }

  /** Makes one below it, with its limits set before anything can be in it. */
  ControlGroup.Member make(String name, Limits limits) throws IOException {
    Path made = Files.createDirectory(folder.resolve(name));
    try {
      for (Controller controller : controllers) {
        for (Setting setting : settings(controller, limits)) {
          write(made.resolve(setting.file()), setting);
        }
      }
    } catch (IOException e) {
      ControlGroup.remove(made);
      throw e;
    }
    return new ControlGroup.Member(made, unified, controllers);
  }

  /** Refused where the cgroup itself holds processes; the probe then shows it. */
  private void enable() {
    for (Controller controller : controllers) {
      try {
        Files.writeString(folder.resolve("cgroup.subtree_control"), "+" + controller.fileName());
      } catch (IOException _) {
        // Shown by the probe.
      }
    }
  }

  /** Never makes a file: in a cgroup each is there from the start. */
  private static void write(Path file, Setting setting) throws IOException {
    if (Files.exists(file)) {
      Files.writeString(file, setting.value());
    } else if (setting.required()) {
      throw new IOException("no " + file);
    }
  }

  List<Setting> settings(Controller controller, Limits limits) {
    List<Setting> settings = new ArrayList<>();
    switch (controller) {
      case MEMORY -> memory(settings, Long.toString(limits.memoryBytes()));
      // One more, for the part of bubblewrap that stands outside.
      case PIDS -> settings.add(new Setting("pids.max", "" + (limits.processes() + 1L), true));
      // Half of what a process of the host gets, so that the server stays awake.
      case CPU ->
          settings.add(
              unified
                  ? new Setting("cpu.weight", "50", true)
                  : new Setting("cpu.shares", "512", true));
    }
    return settings;
  }

  private void memory(List<Setting> settings, String bytes) {
    if (unified) {
      settings.add(new Setting("memory.max", bytes, true));
      settings.add(new Setting("memory.swap.max", "0", false));
      settings.add(new Setting("memory.oom.group", "1", false));
    } else {
      settings.add(new Setting("memory.limit_in_bytes", bytes, true));
      settings.add(new Setting("memory.memsw.limit_in_bytes", bytes, false));
    }
  }
}
