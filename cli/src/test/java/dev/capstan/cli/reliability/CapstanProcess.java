package dev.capstan.cli.reliability;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;

/** One {@code capstan} command in a process of its own. */
final class CapstanProcess {
  private static final Duration LIMIT = Duration.ofMinutes(3);

  private final Path data;
  private final Process process;
  private final Path output;
  private final long begun = System.nanoTime();

  private CapstanProcess(Path data, Process process, Path output) {
    this.data = data;
    this.process = process;
    this.output = output;
  }

  /** Starts it; what it prints goes to a file below {@code logs}. */
  static CapstanProcess start(Path data, Path logs, List<String> arguments) throws IOException {
    List<String> all = new ArrayList<>(arguments);
    all.addAll(List.of("--data", data.toString()));
    return start(data, logs, List.of(), Map.of(), all);
  }

  /**
   * The same for one that is told its folder otherwise.
   *
   * @param within what the command is given to, such as {@code ip netns exec}
   */
  static CapstanProcess start(
      Path data,
      Path logs,
      List<String> within,
      Map<String, String> variables,
      List<String> arguments)
      throws IOException {
    Path output = Files.createTempFile(Files.createDirectories(logs), "capstan-", ".log");
    List<String> command = new ArrayList<>(within);
    command.addAll(
        List.of(
            Path.of(System.getProperty("java.home"), "bin/java").toString(),
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-Xmx512m",
            "-cp",
            System.getProperty("java.class.path"),
            "dev.capstan.cli.Main"));
    command.addAll(arguments);
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
    builder.environment().putAll(variables);
    return new CapstanProcess(data, builder.start(), output);
  }

  long pid() {
    return process.pid();
  }

  String output() throws IOException {
    return Files.readString(output);
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /** True once this very process answers requests. */
  boolean answers() throws IOException {
    try {
      String endpoint = Files.readString(data.resolve("endpoint.json"));
      return endpoint.replace(" ", "").contains("\"pid\":" + process.pid() + ",");
    } catch (NoSuchFileException _) {
      return false;
    }
  }

  Duration age() {
    return Duration.ofNanos(System.nanoTime() - begun);
  }

  /** Waits until the condition holds or the process has ended; false if it has ended. */
  boolean reaches(Callable<Boolean> condition) {
    await()
        .atMost(LIMIT)
        .pollDelay(Duration.ZERO)
        .pollInterval(Duration.ofMillis(5))
        .until(() -> condition.call() || !process.isAlive());
    return process.isAlive();
  }

  /** False if it has ended before that time is over. */
  boolean outlives(Duration time) throws InterruptedException {
    return !process.waitFor(time.toNanos(), TimeUnit.NANOSECONDS);
  }

  /** SIGTERM. */
  void terminate() {
    process.destroy();
  }

  /** SIGKILL, to this process alone. */
  void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  /** The exit code; kills it and throws if it does not end within three minutes. */
  int exit() throws IOException, InterruptedException {
    if (!process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)) {
      String threads =
          Shell.run(
              Path.of("/"),
              Path.of(System.getProperty("java.home"), "bin/jstack").toString(),
              String.valueOf(process.pid()));
      kill();
      throw new AssertionError("it hangs; it said:\n" + output() + "\n" + threads);
    }
    return process.exitValue();
  }
}
