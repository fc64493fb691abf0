package dev.capstan.sandbox;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * Where this machine lets us make cgroups, by which the kernel itself holds limits.
 *
 * <p>Only below a cgroup that was given to us: one the administrator names, or one that systemd
 * delegated. Any other has a program that looks after it and may count on what is in it.
 */
public final class ControlGroups {
  /** The variable that names a cgroup given to Capstan, relative to the root of its hierarchy. */
  public static final String VARIABLE = "CAPSTAN_CGROUP";

  /** Makes none: the watchdog holds all limits alone. */
  public static final ControlGroups NONE = new ControlGroups(List.of(), "no cgroup is used");

  private static final String PREFIX = "capstan-";

  private final List<ControlParent> parents;
  private final String why;

  ControlGroups(List<ControlParent> parents, String why) {
    this.parents = List.copyOf(parents);
    this.why = why;
  }

  /** Looks at this machine and tries what it finds by making a cgroup and removing it. */
  public static ControlGroups detect(Map<String, String> environment) {
    ControlMounts mounts = ControlMounts.ofThisProcess();
    String given = environment.getOrDefault(VARIABLE, "").strip();
    List<ControlParent> found = given.isEmpty() ? mounts.delegated() : mounts.named(given);
    List<ControlParent> usable =
        found.stream().flatMap(parent -> parent.usable(PREFIX + "probe-").stream()).toList();
    String why =
        given.isEmpty()
            ? "no cgroup was delegated to this process; " + VARIABLE + " may name one"
            : "the cgroup " + given + " of " + VARIABLE + " cannot be used";
    return new ControlGroups(usable, why);
  }

  /** Which limits the kernel holds and which the watchdog does, as a sentence. */
  public String summary() {
    Set<String> held = new TreeSet<>();
    parents.forEach(parent -> parent.controllers().forEach(c -> held.add(c.fileName())));
    return held.isEmpty()
        ? "limits are held by the watchdog: " + why
        : parents.stream().map(ControlParent::version).distinct().collect(Collectors.joining(", "))
            + " holds "
            + String.join(", ", held)
            + "; the watchdog holds the others";
  }

  /** True if the kernel holds the limit on this. */
  public boolean holds(Limit limit) {
    return parents.stream()
        .flatMap(parent -> parent.controllers().stream())
        .anyMatch(controller -> controller.limit().equals(Optional.of(limit)));
  }

  /** Fresh cgroups for one sandbox. */
  ControlGroup make(String installation, Limits limits) throws IOException {
    String name = prefix(installation) + UUID.randomUUID();
    List<ControlGroup.Member> members = new ArrayList<>();
    ControlGroup group = new ControlGroup(members, limits);
    try {
      for (ControlParent parent : parents) {
        members.add(parent.make(name, limits));
      }
      return group;
    } catch (IOException e) {
      group.close();
      throw e;
    }
  }

  /**
   * Removes those that a crash has left; one that still holds a process stays.
   *
   * @return how many are gone
   */
  public int removeLeftovers(String installation) {
    int removed = 0;
    for (ControlParent parent : parents) {
      for (Path left : left(parent.folder(), prefix(installation))) {
        removed += ControlGroup.remove(left) ? 1 : 0;
      }
    }
    return removed;
  }

  private static String prefix(String installation) {
    return PREFIX + installation.replaceAll("[^A-Za-z0-9-]", "_") + "-";
  }

  private static List<Path> left(Path parent, String prefix) {
    List<Path> found = new ArrayList<>();
    try (DirectoryStream<Path> folders =
        Files.newDirectoryStream(
            parent, entry -> entry.getFileName().toString().startsWith(prefix))) {
      folders.forEach(found::add);
    } catch (IOException | DirectoryIteratorException _) {
      // A hierarchy that is gone holds nothing.
    }
    return found;
  }
}
