package dev.capstan.postgres.embedded;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Runs one of the programs to its end and keeps what it says. */
final class Program {
  /**
   * How it ended.
   *
   * @param exit 0 for success
   * @param output both of its streams
   */
  record Outcome(int exit, String output) {
    boolean isSuccess() {
      return exit == 0;
    }
  }

  private Program() {}

  /** Its environment is bare, so that no PG… variable of ours leads it astray. */
  static Outcome run(List<String> command, Duration limit) throws IOException {
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().keySet().retainAll(List.of("PATH", "HOME", "TMPDIR"));
    builder.environment().put("LC_ALL", "C");
    Process process = builder.start();
    process.getOutputStream().close();
    CompletableFuture<String> output = new CompletableFuture<>();
    Thread.ofVirtual().start(() -> output.complete(read(process)));
    try {
      if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
        process.destroyForcibly();
        throw new IOException(command.getFirst() + " did not end within " + limit);
      }
      return new Outcome(process.exitValue(), output.join());
    } catch (InterruptedException interruption) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while waiting for " + command.getFirst(), interruption);
    }
  }

  private static String read(Process process) {
    try {
      return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    } catch (IOException failure) {
      return failure.toString();
    }
  }
}
