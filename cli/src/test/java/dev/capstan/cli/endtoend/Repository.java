package dev.capstan.cli.endtoend;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A small git repository that is tested by make: each file in {@code cases/} is one test case,
 * which passes by its exit code and is skipped by printing {@code skip}.
 */
record Repository(Path path) {
  private static final String SUITE =
      """
      number=0
      for file in cases/*.sh; do
        [ -f "$file" ] || continue
        number=$((number + 1))
        name=$(basename "$file" .sh)
        if said=$(sh "$file" 2>&1); then
          case "$said" in
            skip*) echo "ok $number - $name # SKIP $said" ;;
            *) echo "ok $number - $name" ;;
          esac
        else
          echo "not ok $number - $name"
        fi
      done
      echo "1..$number"
      """;

  /** Two cases, both of which pass. */
  static Repository shop(Path folder) {
    Repository repository = empty(folder);
    repository.write("Makefile", "test:\n\t@sh suite.sh\n");
    repository.write("suite.sh", SUITE);
    repository.write("src/greeting.txt", "hello\n");
    repository.write("src/total.txt", "3\n");
    repository.write("cases/greeting.sh", "grep -q hello src/greeting.txt\n");
    repository.write("cases/total.sh", "grep -q 3 src/total.txt\n");
    repository.commit("feat: open the shop");
    return repository;
  }

  static Repository empty(Path folder) {
    Repository repository = new Repository(folder);
    repository.git("init", "--quiet", "--initial-branch=main");
    return repository;
  }

  void write(String file, String text) {
    try {
      Path place = path.resolve(file);
      Files.createDirectories(place.getParent());
      Files.writeString(place, text, StandardCharsets.UTF_8);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  String read(String file) {
    try {
      return Files.readString(path.resolve(file));
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /** Commits everything; returns the commit. */
  String commit(String message) {
    git("add", "--all");
    git("commit", "--quiet", "--message", message);
    return git("rev-parse", "HEAD");
  }

  String git(String... arguments) {
    return git(path, arguments);
  }

  /** What git printed, without the last line break. */
  static String git(Path folder, String... arguments) {
    List<String> command =
        new ArrayList<>(
            List.of("git", "-c", "user.name=Someone", "-c", "user.email=someone@localhost"));
    command.addAll(List.of(arguments));
    ProcessBuilder builder =
        new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true);
    builder
        .environment()
        .putAll(Map.of("GIT_CONFIG_GLOBAL", "/dev/null", "GIT_CONFIG_NOSYSTEM", "1"));
    try {
      Process process = builder.start();
      String printed =
          new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
      if (process.waitFor() != 0) {
        throw new AssertionError(String.join(" ", command) + " in " + folder + ": " + printed);
      }
      return printed;
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new AssertionError(interrupted);
    }
  }
}
