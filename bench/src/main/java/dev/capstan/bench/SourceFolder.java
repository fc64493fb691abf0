package dev.capstan.bench;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * A work tree of git that a benchmark may change.
 *
 * @param ofJdk true if it is a part of the module {@code java.base}
 */
record SourceFolder(String name, Path folder, boolean ofJdk) {
  /** The newest commit of a repository, as a clone of its own. */
  static SourceFolder of(Path gitFolder, Path scratch) throws IOException, InterruptedException {
    String name = String.valueOf(gitFolder.toAbsolutePath().getParent()).replaceAll(".*[/+]", "");
    Path folder = Files.createTempDirectory(Files.createDirectories(scratch), "tree");
    git(
        scratch,
        "clone",
        "-q",
        "--shared",
        gitFolder.toAbsolutePath().toString(),
        folder.toString());
    return new SourceFolder(name, folder, false);
  }

  /**
   * A package of the JDK that runs this, from its own sources.
   *
   * @param deep with the packages below it
   */
  static SourceFolder ofJdk(String packageName, boolean deep, Path scratch)
      throws IOException, InterruptedException {
    Path folder = Files.createTempDirectory(Files.createDirectories(scratch), "jdk");
    Path sources = Path.of(System.getProperty("java.home"), "lib", "src.zip");
    String prefix = "java.base/" + packageName.replace('.', '/') + '/';
    try (ZipFile zip = new ZipFile(sources.toFile())) {
      for (ZipEntry entry : zip.stream().toList()) {
        String path = entry.getName();
        boolean wanted =
            path.startsWith(prefix)
                && path.endsWith(".java")
                && !path.endsWith("package-info.java")
                && (deep || path.indexOf('/', prefix.length()) < 0);
        if (wanted) {
          Path file = folder.resolve(path.substring("java.base/".length()));
          Files.createDirectories(file.getParent());
          try (InputStream in = zip.getInputStream(entry)) {
            Files.copy(in, file);
          }
        }
      }
    }
    git(folder, "init", "-q");
    return new SourceFolder(packageName + (deep ? " and below" : ""), folder, true);
  }

  private static void git(Path folder, String... arguments)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("git"));
    command.addAll(List.of(arguments));
    int status =
        new ProcessBuilder(command).directory(folder.toFile()).inheritIO().start().waitFor();
    if (status != 0) {
      throw new IOException("git " + String.join(" ", arguments) + " ended with " + status);
    }
  }

  /** Paths of what can be compiled together: no descriptions of modules and packages. */
  List<String> javaFiles() {
    try (Stream<Path> files = Files.walk(folder)) {
      return files
          .filter(Files::isRegularFile)
          .map(file -> folder.relativize(file).toString())
          .filter(path -> path.endsWith(".java") && !path.startsWith(".git/"))
          .filter(path -> !path.endsWith("module-info.java") && !path.endsWith("package-info.java"))
          .sorted()
          .toList();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  String read(String path) {
    try {
      return Files.readString(folder.resolve(path));
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  void write(String path, String text) throws IOException {
    Files.writeString(folder.resolve(path), text);
  }
}
