package dev.capstan.sandbox;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Device files of our own, for where the host's belong to us.
 *
 * <p>A host's root owns {@code /dev/null} and is still its owner inside, so foreign code could
 * change the mode of the host's file, and a read-only mount of a device can't be used. It gets
 * copies instead, whose mode is set right before each use.
 */
final class Devices {
  private static final String EVERYONE = "rw-rw-rw-";

  private final List<Path> copies;

  private Devices(List<Path> copies) {
    this.copies = copies;
  }

  /**
   * Makes those that are missing; none where the host's don't belong to us.
   *
   * @throws SandboxUnavailable if copies are needed and can't be made
   */
  static Devices in(Path folder) {
    List<Path> copies = new ArrayList<>();
    try {
      if (owner(Path.of("/dev/null")) == owner(Path.of("/proc/self"))) {
        for (Device device : Device.values()) {
          copies.add(device.copy(folder));
        }
      }
    } catch (IOException e) {
      throw new SandboxUnavailable(
          "cannot make device files in " + folder + "; run as a plain user instead of root", e);
    }
    return new Devices(List.copyOf(copies));
  }

  List<String> arguments() throws IOException {
    List<String> arguments = new ArrayList<>();
    for (Path copy : copies) {
      Files.setPosixFilePermissions(copy, PosixFilePermissions.fromString(EVERYONE));
      arguments.addAll(List.of("--dev-bind", copy.toString(), "/dev/" + copy.getFileName()));
    }
    return arguments;
  }

  private static int owner(Path path) throws IOException {
    return (Integer) Files.getAttribute(path, "unix:uid");
  }

  private enum Device {
    NULL(1, 3),
    ZERO(1, 5),
    FULL(1, 7),
    RANDOM(1, 8),
    URANDOM(1, 9),
    TTY(5, 0);

    private final int major;
    private final int minor;

    Device(int major, int minor) {
      this.major = major;
      this.minor = minor;
    }

    private Path copy(Path folder) throws IOException {
      Path copy = folder.resolve(name().toLowerCase(java.util.Locale.ROOT));
      if (!Files.exists(copy)) {
        make(copy);
      }
      return copy;
    }

    private void make(Path copy) throws IOException {
      List<String> command =
          List.of("mknod", "-m", "666", copy.toString(), "c", "" + major, "" + minor);
      Process process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      try {
        if (!process.waitFor(5, TimeUnit.SECONDS) || !Files.exists(copy)) {
          throw new IOException("mknod failed for " + copy);
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IOException("interrupted while making " + copy, e);
      }
    }
  }
}
