package dev.capstan.cli.reliability;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/** Programs that end by themselves. */
final class Shell {
  private Shell() {}

  /** Makes the folder a repository with everything in one commit. */
  static void begin(Path repository) throws IOException, InterruptedException {
    run(repository, "git", "init", "--quiet", "--initial-branch=main");
    run(repository, "git", "add", "--all");
    run(
        repository,
        "git",
        "-c",
        "user.name=Sample",
        "-c",
        "user.email=sample@localhost",
        "commit",
        "--quiet",
        "--message=Begin");
  }

  /** What it printed; throws if it fails. */
  static String run(Path folder, String... command) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true).start();
    String output =
        new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    if (process.waitFor() != 0) {
      throw new IOException(List.of(command) + " failed: " + output);
    }
    return output;
  }
}
