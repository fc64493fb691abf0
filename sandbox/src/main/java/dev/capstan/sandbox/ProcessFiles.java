package dev.capstan.sandbox;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads {@code /proc}. A process that is gone, or not ours to see, reads as empty. */
final class ProcessFiles {
  static final Path PROC = Path.of("/proc");

  private ProcessFiles() {}

  /** The folders of all processes that a mounted {@code /proc} shows. */
  static List<Path> processes(Path proc) {
    List<Path> found = new ArrayList<>();
    try (DirectoryStream<Path> folder =
        Files.newDirectoryStream(proc, entry -> isNumber(entry.getFileName().toString()))) {
      folder.forEach(found::add);
    } catch (IOException | DirectoryIteratorException e) {
      return List.copyOf(found);
    }
    return List.copyOf(found);
  }

  static Path process(long pid) {
    return PROC.resolve(Long.toString(pid));
  }

  /** The lines {@code Name: value} of a file such as {@code status}. */
  static Map<String, String> fields(Path file) {
    Map<String, String> fields = new HashMap<>();
    read(file)
        .lines()
        .forEach(line -> {
          int colon = line.indexOf(':');
          if (colon > 0) {
            fields.put(line.substring(0, colon), line.substring(colon + 1).strip());
          }
        });
    return fields;
  }

  /** The variables a process was started with. */
  static Map<String, String> environment(Path process) {
    Map<String, String> variables = new HashMap<>();
    for (String entry : read(process.resolve("environ")).split("\0", -1)) {
      int equals = entry.indexOf('=');
      if (equals > 0) {
        variables.putIfAbsent(entry.substring(0, equals), entry.substring(equals + 1));
      }
    }
    return variables;
  }

  /** The words a process was started with. */
  static String command(Path process) {
    return read(process.resolve("cmdline")).replace('\0', ' ').strip();
  }

  /** The first child of a process, if it has one. */
  static Optional<Long> child(long pid) {
    Path children = process(pid).resolve("task").resolve(Long.toString(pid)).resolve("children");
    return read(children)
        .lines()
        .flatMap(line -> List.of(line.split(" ", -1)).stream())
        .filter(ProcessFiles::isNumber)
        .map(Long::valueOf)
        .findFirst();
  }

  /** True while it can still act: a zombie cannot, and its children are gone too. */
  static boolean isActing(Path process) {
    String state = fields(process.resolve("status")).getOrDefault("State", "Z");
    return !state.startsWith("Z") && !state.startsWith("X");
  }

  /** The number in a field such as {@code 12 kB}; 0 if there is none. */
  static long number(Map<String, String> fields, String name) {
    String digits = fields.getOrDefault(name, "0").split(" ", 2)[0];
    return isNumber(digits) ? Long.parseLong(digits) : 0;
  }

  private static String read(Path file) {
    try {
      return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
    } catch (IOException e) {
      return "";
    }
  }

  private static boolean isNumber(String text) {
    return !text.isEmpty()
        && text.length() < 19
        && text.chars().allMatch(c -> c >= '0' && c <= '9');
  }
}
