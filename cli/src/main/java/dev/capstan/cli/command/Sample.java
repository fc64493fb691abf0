package dev.capstan.cli.command;

import dev.capstan.api.ErrorCode;
import dev.capstan.cli.session.ApiFailure;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The sample of the demo: a folder with a plan, its scripts, and a library that becomes a
 * repository.
 */
final class Sample {
  private static final String FOLDER = "capstan.examples";

  private Sample() {}

  static Path find(Optional<Path> given) {
    Path examples = given.orElseGet(() -> Path.of(System.getProperty(FOLDER, "examples")));
    Path sample = examples.resolve("demo").toAbsolutePath().normalize();
    if (!Files.isRegularFile(sample.resolve("plan.yaml"))) {
      throw new ApiFailure(
          ErrorCode.NOT_FOUND,
          "the sample is not there: "
              + sample
              + " has no plan.yaml; start the demo with ./capstan of a clone");
    }
    return sample;
  }

  /** Makes the library a repository with one commit, once. */
  static Path repository(Path sample, Path folder) {
    Path repository = folder.resolve("library");
    if (Files.isDirectory(repository.resolve(".git"))) {
      return repository;
    }
    Path aside = folder.resolve("library.part");
    try {
      deleteAll(aside);
      copy(sample.resolve("library"), aside);
      git(aside, "init", "--quiet", "--initial-branch=main");
      git(aside, "add", "--all");
      git(
          aside,
          "-c",
          "user.name=Capstan demo",
          "-c",
          "user.email=demo@localhost",
          "-c",
          "commit.gpgsign=false",
          "commit",
          "--quiet",
          "--message=The library as it is");
      Files.move(aside, repository, StandardCopyOption.ATOMIC_MOVE);
      return repository;
    } catch (IOException failure) {
      throw new UncheckedIOException("cannot make the sample repository in " + folder, failure);
    }
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.filter(path -> !from.relativize(path).startsWith("target")).toList()) {
        Path place = to.resolve(from.relativize(file).toString());
        if (Files.isDirectory(file)) {
          Files.createDirectories(place);
        } else {
          Files.copy(file, place);
        }
      }
    }
  }

  private static void deleteAll(Path folder) throws IOException {
    if (Files.exists(folder)) {
      try (Stream<Path> files = Files.walk(folder)) {
        for (Path file : files.sorted((a, b) -> b.compareTo(a)).toList()) {
          Files.delete(file);
        }
      }
    }
  }

  private static void git(Path folder, String... arguments) throws IOException {
    List<String> argv = new ArrayList<>(List.of("git"));
    argv.addAll(List.of(arguments));
    Process process =
        new ProcessBuilder(argv).directory(folder.toFile()).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    try {
      if (process.waitFor() != 0) {
        throw new IOException(String.join(" ", argv) + " failed: " + output.strip());
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted");
    }
  }
}
