package dev.capstan.knowledge.graph;

import java.util.Collection;
import java.util.HashSet;
import java.util.Set;

/**
 * Says which subsystem a file is of: the deepest folder above it with a build file, but for that of
 * the whole repository; else the folder that it is in.
 */
final class Folders {
  private static final Set<String> BUILD_FILES =
      Set.of(
          "pom.xml",
          "build.gradle",
          "build.gradle.kts",
          "package.json",
          "Cargo.toml",
          "go.mod",
          "pyproject.toml",
          "setup.py",
          "CMakeLists.txt",
          "BUILD",
          "BUILD.bazel");

  private final Set<String> modules = new HashSet<>();

  Folders(Collection<String> paths) {
    for (String path : paths) {
      int slash = path.lastIndexOf('/');
      if (slash > 0 && BUILD_FILES.contains(path.substring(slash + 1))) {
        modules.add(path.substring(0, slash));
      }
    }
  }

  /** An id: it ends in a slash. */
  String of(String path) {
    String own = above(path);
    for (String folder = own; !folder.isEmpty(); folder = above(folder)) {
      if (modules.contains(folder)) {
        return folder + '/';
      }
    }
    return own.isEmpty() ? "./" : own + '/';
  }

  private static String above(String path) {
    int slash = path.lastIndexOf('/');
    return slash < 0 ? "" : path.substring(0, slash);
  }
}
