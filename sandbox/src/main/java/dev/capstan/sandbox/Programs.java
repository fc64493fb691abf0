package dev.capstan.sandbox;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Where programs of the host are looked for: absolute folders, first one wins. */
record Programs(List<Path> folders) {
  Programs {
    folders = List.copyOf(folders);
  }

  static Programs ofThisProcess() {
    return of(Optional.ofNullable(System.getenv("PATH")).orElse("/usr/bin:/bin"));
  }

  static Programs of(String path) {
    return new Programs(
        Stream.of(path.split(File.pathSeparator, -1))
            .filter(entry -> entry.startsWith("/"))
            .map(entry -> Path.of(entry).normalize())
            .distinct()
            .toList());
  }

  Optional<Path> find(String name) {
    return folders.stream()
        .map(folder -> folder.resolve(name))
        .filter(file -> Files.isRegularFile(file) && Files.isExecutable(file))
        .findFirst();
  }
}
