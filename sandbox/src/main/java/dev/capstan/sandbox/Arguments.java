package dev.capstan.sandbox;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** The command line of bubblewrap for a confinement. */
final class Arguments {
  static final Path HOME = Path.of("/home/capstan");
  private static final Path TEMPORARY = Path.of("/tmp");
  private static final long SCRATCH_BYTES = 1L << 30;
  private static final long SHARED_MEMORY_BYTES = 256L << 20;
  private static final List<String> NAMESPACES =
      List.of(
          "--unshare-user",
          "--unshare-pid",
          "--unshare-ipc",
          "--unshare-uts",
          "--unshare-cgroup-try",
          "--disable-userns",
          "--uid",
          "1000",
          "--gid",
          "1000",
          "--cap-drop",
          "ALL",
          "--hostname",
          "capstan",
          "--new-session",
          "--die-with-parent");

  private final List<String> arguments = new ArrayList<>();

  private Arguments() {}

  /** All that follows the name of the program; {@code devices} come on top of its own. */
  static List<String> of(Confinement confinement, List<String> devices) {
    Arguments built = new Arguments();
    built.arguments.addAll(NAMESPACES);
    built.network(confinement.network());
    built.kernelFolders(devices);
    mounts(confinement.binds()).forEach(built::mount);
    built.add("--remount-ro", "/dev");
    built.add("--remount-ro", "/");
    built.add("--chdir", confinement.workingFolder().toString());
    confinement.environment().forEach(built::variable);
    built.add("--");
    built.arguments.addAll(confinement.argv());
    return List.copyOf(built.arguments);
  }

  private void network(Network network) {
    switch (network) {
      case Network.None _, Network.Filtered _, Network.Only _ -> add("--unshare-net");
      case Network.Direct _ -> {}
    }
  }

  /**
   * Danger: for a host's root all of {@code /proc/sys} is writable by its owner, which we still are
   * inside, however few capabilities we have. So the whole of it is made read-only.
   */
  private void kernelFolders(List<String> devices) {
    add("--proc", "/proc", "--remount-ro", "/proc", "--dev", "/dev");
    arguments.addAll(devices);
    scratch(Path.of("/dev/shm"), SHARED_MEMORY_BYTES);
  }

  /** Outer ones first, so that none hides another. */
  private static List<Bind> mounts(List<Bind> binds) {
    List<Bind> mounts = new ArrayList<>(binds);
    for (Path scratch : List.of(TEMPORARY, HOME)) {
      if (binds.stream().noneMatch(bind -> bind.inside().equals(scratch))) {
        mounts.add(new Bind.Scratch(scratch, SCRATCH_BYTES));
      }
    }
    mounts.sort(Comparator.comparingInt(bind -> bind.inside().getNameCount()));
    return mounts;
  }

  private void mount(Bind bind) {
    switch (bind) {
      case Bind.ReadOnly(Path host, Path inside) ->
          add("--ro-bind", host.toString(), inside.toString());
      case Bind.Writable(Path host, Path inside) ->
          add("--bind", host.toString(), inside.toString());
      case Bind.Layered layered ->
          add("--bind", layered.merged().toString(), layered.inside().toString());
      case Bind.Scratch(Path inside, long bytes) -> scratch(inside, bytes);
      case Bind.Link(Path target, Path inside) ->
          add("--symlink", target.toString(), inside.toString());
    }
  }

  private void scratch(Path inside, long bytes) {
    add("--perms", "1777", "--size", Long.toString(bytes), "--tmpfs", inside.toString());
  }

  private void variable(String name, String value) {
    if (Variables.isSpelledOut(name)) {
      add("--setenv", name, value);
    }
  }

  private void add(String... more) {
    arguments.addAll(List.of(more));
  }
}
