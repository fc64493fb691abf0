package dev.capstan.sandbox;

import java.nio.file.Path;
import java.util.List;

/** The rules for a path as seen from inside. */
final class InsidePaths {
  private static final List<Path> OURS = List.of(Path.of("/proc"), Path.of("/dev"));

  private InsidePaths() {}

  static void requireAbsolute(Path path) {
    if (!path.isAbsolute() || !path.normalize().equals(path)) {
      throw new IllegalArgumentException("not an absolute path without '..': " + path);
    }
  }

  /** For a place to mount at: neither the root nor what the sandbox itself mounts. */
  static void requireMountPoint(Path path) {
    requireAbsolute(path);
    if (path.getNameCount() == 0 || OURS.stream().anyMatch(path::startsWith)) {
      throw new IllegalArgumentException("nothing may be bound at " + path);
    }
  }
}
