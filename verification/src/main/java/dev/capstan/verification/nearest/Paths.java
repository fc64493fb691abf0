package dev.capstan.verification.nearest;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/** Paths of a repository, with {@code /}, as plain text. */
final class Paths {
  private Paths() {}

  /** Without the last part; "" for the root. */
  static String folder(String path) {
    int slash = path.lastIndexOf('/');
    return slash < 0 ? "" : path.substring(0, slash);
  }

  static String name(String path) {
    return path.substring(path.lastIndexOf('/') + 1);
  }

  static String ending(String path) {
    String name = name(path);
    return name.substring(name.lastIndexOf('.') + 1);
  }

  /** The whole path without its last ending. */
  static String withoutEnding(String path) {
    int dot = path.lastIndexOf('.');
    return dot > path.lastIndexOf('/') + 1 ? path.substring(0, dot) : path;
  }

  static String join(String folder, String name) {
    return folder.isEmpty() || name.isEmpty() ? folder + name : folder + "/" + name;
  }

  /** Where a relative path leads from a folder; empty if it leaves the repository. */
  static Optional<String> resolve(String folder, String relative) {
    Deque<String> parts = new ArrayDeque<>();
    for (String part : join(folder, relative).split("/", -1)) {
      if (part.equals("..")) {
        if (parts.isEmpty()) {
          return Optional.empty();
        }
        parts.removeLast();
      } else if (!part.isEmpty() && !part.equals(".")) {
        parts.add(part);
      }
    }
    return Optional.of(String.join("/", parts));
  }
}
