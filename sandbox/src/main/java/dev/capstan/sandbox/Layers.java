package dev.capstan.sandbox;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Private layers over folders that are shared: overlay mounts in a mount namespace that ends with
 * the sandbox. They are laid before bubblewrap begins, as bubblewrap has them from 0.11 only.
 *
 * <p>Like those of {@link Launch} the script is a constant, and nothing is put into it.
 */
final class Layers {
  private static final String LAY =
      """
      more=$1
      shift
      while [ "$1" != -- ]; do
        mount -t overlay capstan -o "lowerdir=$1,upperdir=$2/upper,workdir=$2/work$more" "$2/merged" ||
          { echo "bwrap: cannot lay a private layer over $1" >&2; exit 1; }
        shift 2
      done
      shift
      exec "$@"
      """;
  private static final long PROBE_SECONDS = 20;

  private final List<String> prefix;

  private Layers(List<String> prefix) {
    this.prefix = List.copyOf(prefix);
  }

  /**
   * Tries whether layers can be laid here.
   *
   * @param folder of our own, on the file system that the layers will be on
   */
  static Layers in(Programs programs, Path folder) throws IOException {
    Optional<Path> unshare = programs.find("unshare");
    if (unshare.isEmpty() || programs.find("mount").isEmpty()) {
      return new Layers(List.of());
    }
    List<String> prefix = new ArrayList<>(List.of(unshare.get().toString(), "--mount"));
    boolean root = Files.getAttribute(Path.of("/proc/self"), "unix:uid").equals(0);
    if (!root) {
      prefix.addAll(List.of("--user", "--map-root-user"));
    }
    prefix.addAll(List.of("--", "/bin/sh", "-c", LAY, "capstan", root ? "" : ",userxattr"));
    Layers layers = new Layers(prefix);
    return layers.work(Files.createTempDirectory(folder.toRealPath(), "layer-"))
        ? layers
        : new Layers(List.of());
  }

  private boolean work(Path scratch) throws IOException {
    Path below = Files.createDirectory(scratch.resolve("below"));
    Bind.Layered probe = new Bind.Layered(below, scratch.resolve("above"), Path.of("/probe"));
    prepare(List.of(probe));
    Path made = probe.merged().resolve("made");
    List<String> command = new ArrayList<>(command(List.of(probe)));
    command.addAll(List.of("/bin/sh", "-c", "echo made > \"$1\"", "capstan", made.toString()));
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    try {
      boolean ended = process.waitFor(PROBE_SECONDS, TimeUnit.SECONDS);
      return ended
          && process.exitValue() == 0
          && Files.exists(probe.upper().resolve("made"))
          && Files.notExists(below.resolve("made"));
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return false;
    } finally {
      process.destroyForcibly();
      remove(scratch);
    }
  }

  /** The kernel leaves a folder without permissions in the working folder of an overlay. */
  private static void remove(Path scratch) throws IOException {
    Files.deleteIfExists(scratch.resolve("above/work/work"));
    try (Stream<Path> all = Files.walk(scratch)) {
      for (Path path : all.sorted((a, b) -> b.compareTo(a)).toList()) {
        Files.delete(path);
      }
    }
  }

  /** Without layers these folders can only be read; so can one whose path mount would misread. */
  List<Bind> possible(List<Bind> binds) {
    return binds.stream()
        .<Bind>map(bind ->
            bind instanceof Bind.Layered(Path host, Path layer, Path inside)
                    && (prefix.isEmpty() || isMisread(host) || isMisread(layer))
                ? new Bind.ReadOnly(host, inside)
                : bind)
        .toList();
  }

  private static boolean isMisread(Path path) {
    return path.toString().chars().anyMatch(c -> ",:\\\"".indexOf(c) >= 0);
  }

  /** Makes the folders of the layers. */
  static void prepare(List<Bind> binds) throws IOException {
    for (Bind bind : binds) {
      if (bind instanceof Bind.Layered layered) {
        Files.createDirectories(layered.upper());
        Files.createDirectories(layered.work());
        Files.createDirectories(layered.merged());
      }
    }
  }

  /** What comes before the command that shall see the layers; nothing without any. */
  List<String> command(List<Bind> binds) {
    List<String> command = new ArrayList<>(prefix);
    for (Bind bind : binds) {
      if (bind instanceof Bind.Layered(Path host, Path layer, Path _)) {
        command.add(host.toString());
        command.add(layer.toString());
      }
    }
    boolean none = command.size() == prefix.size();
    command.add("--");
    return none ? List.of() : command;
  }

  boolean areThere() {
    return !prefix.isEmpty();
  }
}
