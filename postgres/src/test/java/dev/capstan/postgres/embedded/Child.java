package dev.capstan.postgres.embedded;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A second JVM with the classpath of the tests that runs {@link Owner}; ended at close. */
final class Child implements AutoCloseable {
  private final Process process;
  private final BufferedReader output;

  private Child(Process process) {
    this.process = process;
    output = process.inputReader();
  }

  static Child owning(Path folder) throws IOException {
    return start(List.of(), folder);
  }

  /** With {@code wrapper}, a command that runs the one appended to it. */
  static Child start(List<String> wrapper, Path folder) throws IOException {
    return running(Owner.class, wrapper, folder);
  }

  static Child running(Class<?> program, List<String> wrapper, Path folder) throws IOException {
    return start(program, wrapper, folder, Map.of());
  }

  static Child withEnvironment(Path folder, Map<String, String> environment) throws IOException {
    return start(Owner.class, List.of(), folder, environment);
  }

  private static Child start(
      Class<?> program, List<String> wrapper, Path folder, Map<String, String> environment)
      throws IOException {
    List<String> command = new ArrayList<>(wrapper);
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xshare:auto", "-XX:TieredStopAtLevel=1"));
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.addAll(List.of(program.getName(), folder.toString()));
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().putAll(environment);
    return new Child(builder.redirectError(ProcessBuilder.Redirect.INHERIT).start());
  }

  /** The next line it says; empty at its end. */
  String says() throws IOException {
    String line = output.readLine();
    return line == null ? "" : line;
  }

  long pid() {
    return process.pid();
  }

  /** SIGKILL, as when the machine runs out of memory. */
  void kill() throws InterruptedException {
    process.destroyForcibly();
    process.waitFor(20, TimeUnit.SECONDS);
  }

  @Override
  public void close() throws IOException {
    process.getOutputStream().close();
    try {
      if (!process.waitFor(30, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new IOException("the child process did not end");
      }
    } catch (InterruptedException interruption) {
      Thread.currentThread().interrupt();
    }
  }
}
