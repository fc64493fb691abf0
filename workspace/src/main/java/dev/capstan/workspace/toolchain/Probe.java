package dev.capstan.workspace.toolchain;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Starts tools of this machine, never of a repository, to ask what they are. */
final class Probe {
  private static final int LONGEST_ANSWER = 64 * 1024;
  private static final long LIMIT_SECONDS = 20;

  private Probe() {}

  /** All programs of this name on the PATH, in order. */
  static List<Path> onPath(String program) {
    String path = Optional.ofNullable(System.getenv("PATH")).orElse("");
    return Stream.of(path.split(":", -1))
        .filter(folder -> folder.startsWith("/"))
        .map(folder -> Path.of(folder, program))
        .filter(file -> Files.isRegularFile(file) && Files.isExecutable(file))
        .toList();
  }

  /** What the program prints, both streams as one; empty when it fails or takes too long. */
  static Optional<String> answer(List<String> argv) {
    try {
      Process process =
          new ProcessBuilder(argv)
              .directory(Path.of("/").toFile())
              .redirectErrorStream(true)
              .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
              .start();
      return answer(process);
    } catch (IOException failed) {
      return Optional.empty();
    }
  }

  private static Optional<String> answer(Process process) throws IOException {
    Thread.Builder watch = Thread.ofVirtual();
    Thread watchdog = watch.start(() -> endLate(process));
    try (InputStream out = process.getInputStream()) {
      String text = new String(out.readNBytes(LONGEST_ANSWER), StandardCharsets.UTF_8);
      return process.waitFor() == 0 ? Optional.of(text.strip()) : Optional.empty();
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    } finally {
      process.destroyForcibly();
      watchdog.interrupt();
    }
  }

  private static void endLate(Process process) {
    try {
      if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException done) {
      Thread.currentThread().interrupt();
    }
  }
}
