package dev.capstan.worker;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Programs of the host that look for secrets; none is needed. */
public record SecretScanners(Optional<Path> gitleaks, Optional<Path> trufflehog) {
  /** Those in the folders of a {@code PATH}. */
  public static SecretScanners on(String path) {
    List<Path> folders =
        Stream.of(path.split(File.pathSeparator, -1))
            .filter(folder -> folder.startsWith("/"))
            .map(folder -> Path.of(folder).normalize())
            .toList();
    return new SecretScanners(find(folders, "gitleaks"), find(folders, "trufflehog"));
  }

  private static Optional<Path> find(List<Path> folders, String name) {
    return folders.stream()
        .map(folder -> folder.resolve(name))
        .filter(file -> Files.isRegularFile(file) && Files.isExecutable(file))
        .findFirst();
  }

  boolean none() {
    return gitleaks.isEmpty() && trufflehog.isEmpty();
  }
}
