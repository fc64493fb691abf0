package dev.capstan.workspace.git;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A user's repository, made with the real git, and a few words to change it. */
public final class SourceRepository {
  private final Path folder;

  private SourceRepository(Path folder) {
    this.folder = folder;
  }

  /** On branch main, without a commit. */
  public static SourceRepository empty(Path folder) {
    SourceRepository repository = new SourceRepository(folder);
    try {
      Files.createDirectories(folder);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
    repository.git("init", "--quiet", "--initial-branch=main");
    repository.git("config", "user.name", "Ada");
    repository.git("config", "user.email", "ada@example.org");
    return repository;
  }

  /** With README.md, src/App.java and a .gitignore for target/, in one commit. */
  public static SourceRepository small(Path folder) {
    return empty(folder)
        .write("README.md", "one\ntwo\nthree\n")
        .write("src/App.java", "class App {}\n")
        .write(".gitignore", "target/\n")
        .commit("First");
  }

  public Path folder() {
    return folder;
  }

  public SourceRepository write(String path, String text) {
    writeBelow(folder, path, text);
    return this;
  }

  public static void writeBelow(Path folder, String path, String text) {
    try {
      Path file = folder.resolve(path);
      Files.createDirectories(file.getParent());
      Files.writeString(file, text);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  public SourceRepository commit(String message) {
    git("add", "-A");
    git("commit", "--quiet", "-m", message);
    return this;
  }

  public String head() {
    return git("rev-parse", "HEAD");
  }

  public String git(String... arguments) {
    return run(folder, arguments);
  }

  /** The output without the line end; throws if git fails. */
  public static String run(Path folder, String... arguments) {
    List<String> command = new ArrayList<>(List.of("git", "-c", "safe.directory=*"));
    command.addAll(List.of(arguments));
    return program(folder, command);
  }

  public static String program(Path folder, List<String> command) {
    ProcessBuilder builder =
        new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true);
    builder.environment().put("GIT_CONFIG_GLOBAL", "/dev/null");
    builder.environment().put("GIT_CONFIG_NOSYSTEM", "1");
    try {
      Process process = builder.start();
      String output =
          new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
      if (process.waitFor() != 0) {
        throw new IllegalStateException(command + " failed: " + output);
      }
      return output;
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    } catch (InterruptedException interruption) {
      throw new IllegalStateException(interruption);
    }
  }
}
