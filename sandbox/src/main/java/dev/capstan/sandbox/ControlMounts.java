package dev.capstan.sandbox;

import dev.capstan.sandbox.ControlParent.Controller;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.UserDefinedFileAttributeView;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** The cgroup hierarchies that are mounted, and where in them this process is. */
final class ControlMounts {
  private static final String UNIFIED = "";

  private final List<Hierarchy> hierarchies;

  private ControlMounts(List<Hierarchy> hierarchies) {
    this.hierarchies = List.copyOf(hierarchies);
  }

  /** One; {@code own} is this process's cgroup, relative to the mount. */
  private record Hierarchy(Path mount, boolean unified, Set<Controller> controllers, String own) {
    private Optional<ControlParent> at(String path) {
      Path folder = mount.resolve(path.replaceFirst("^/+", "")).normalize();
      return folder.startsWith(mount) && Files.isDirectory(folder) && !controllers.isEmpty()
          ? Optional.of(new ControlParent(folder, unified, controllers))
          : Optional.empty();
    }

    /** Its own cgroup, or the one above where systemd put the service into a part of its own. */
    private Optional<ControlParent> delegated() {
      Optional<ControlParent> here = at(own).filter(ControlMounts::isDelegated);
      return here.isPresent() ? here : at(own + "/..").filter(ControlMounts::isDelegated);
    }
  }

  static ControlMounts ofThisProcess() {
    Path self = ProcessFiles.PROC.resolve("self");
    return of(lines(self.resolve("mountinfo")), lines(self.resolve("cgroup")));
  }

  static ControlMounts of(List<String> mountinfo, List<String> cgroup) {
    Map<String, String> own = new HashMap<>();
    for (String line : cgroup) {
      String[] parts = line.split(":", 3);
      if (parts.length == 3) {
        Arrays.stream(parts[1].split(",", -1)).forEach(name -> own.put(name, parts[2]));
      }
    }
    List<Hierarchy> found = new ArrayList<>();
    mountinfo.forEach(line -> hierarchy(line, own).ifPresent(found::add));
    return new ControlMounts(found);
  }

  /** A cgroup by its path in every hierarchy that has it. */
  List<ControlParent> named(String path) {
    return each(hierarchy -> hierarchy.at(path));
  }

  /** Those that another program has handed to this process. */
  List<ControlParent> delegated() {
    return each(Hierarchy::delegated);
  }

  private List<ControlParent> each(Function<Hierarchy, Optional<ControlParent>> find) {
    Set<Controller> taken = EnumSet.noneOf(Controller.class);
    List<ControlParent> found = new ArrayList<>();
    for (Hierarchy hierarchy : hierarchies) {
      find.apply(hierarchy)
          .filter(parent -> parent.controllers().stream().noneMatch(taken::contains))
          .ifPresent(parent -> {
            taken.addAll(parent.controllers());
            found.add(parent);
          });
    }
    return found;
  }

  /** {@code 36 35 98:0 /root /mount/point options - cgroup source options}. */
  private static Optional<Hierarchy> hierarchy(String line, Map<String, String> own) {
    String[] halves = line.split(" - ", 2);
    String[] place = halves[0].split(" ", -1);
    String[] kind = halves.length == 2 ? halves[1].split(" ", -1) : new String[0];
    if (place.length < 5 || kind.length < 3) {
      return Optional.empty();
    }
    Path mount = Path.of(place[4]);
    return switch (kind[0]) {
      case "cgroup2" -> hierarchy(mount, true, available(mount), own.get(UNIFIED), place[3]);
      case "cgroup" -> {
        List<String> names = List.of(kind[2].split(",", -1));
        yield names.stream()
            .filter(own::containsKey)
            .findFirst()
            .flatMap(name -> hierarchy(mount, false, controllers(names), own.get(name), place[3]));
      }
      default -> Optional.empty();
    };
  }

  private static Optional<Hierarchy> hierarchy(
      Path mount,
      boolean unified,
      Set<Controller> controllers,
      @org.jspecify.annotations.Nullable String own,
      String root) {
    if (own == null) {
      return Optional.empty();
    }
    String below = !root.equals("/") && own.startsWith(root) ? own.substring(root.length()) : own;
    return Optional.of(new Hierarchy(mount, unified, controllers, below));
  }

  private static Set<Controller> available(Path mount) {
    List<String> names = new ArrayList<>();
    lines(mount.resolve("cgroup.controllers"))
        .forEach(line -> names.addAll(List.of(line.split(" ", -1))));
    return controllers(names);
  }

  private static Set<Controller> controllers(List<String> names) {
    Set<Controller> found = EnumSet.noneOf(Controller.class);
    for (Controller controller : Controller.values()) {
      if (names.contains(controller.fileName())) {
        found.add(controller);
      }
    }
    return found;
  }

  /** By systemd's mark, or by its owner: a plain user has no cgroup that was not given to it. */
  private static boolean isDelegated(ControlParent parent) {
    try {
      Object owner = Files.getAttribute(parent.folder(), "unix:uid");
      Object self = Files.getAttribute(ProcessFiles.PROC.resolve("self"), "unix:uid");
      boolean ours = owner.equals(self) && !Integer.valueOf(0).equals(self);
      return (ours || isMarked(parent.folder())) && Files.isWritable(parent.folder());
    } catch (IOException e) {
      return false;
    }
  }

  private static boolean isMarked(Path folder) {
    try {
      var view = Files.getFileAttributeView(folder, UserDefinedFileAttributeView.class);
      ByteBuffer value = ByteBuffer.allocate(16);
      if (view == null || view.read("delegate", value) != 1) {
        return false;
      }
      return StandardCharsets.US_ASCII.decode(value.flip()).toString().equals("1");
    } catch (IOException e) {
      return false;
    }
  }

  private static List<String> lines(Path file) {
    try {
      return Files.readAllLines(file);
    } catch (IOException e) {
      return List.of();
    }
  }
}
