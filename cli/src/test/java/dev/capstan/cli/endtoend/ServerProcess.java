package dev.capstan.cli.endtoend;

import static org.awaitility.Awaitility.await;

import dev.capstan.api.Endpoint;
import dev.capstan.cli.session.Json;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/** {@code capstan server} in a process of its own. */
final class ServerProcess implements AutoCloseable {
  private static final Duration LIMIT = Duration.ofMinutes(2);

  private final Process process;
  private final Path output;

  private ServerProcess(Process process, Path output) {
    this.process = process;
    this.output = output;
  }

  /** Starts it on a free port, without waiting for it. */
  static ServerProcess start(Path folder, Map<String, String> variables, String... more)
      throws IOException {
    List<String> arguments =
        new ArrayList<>(List.of("server", "--data", folder.resolve("data").toString()));
    arguments.addAll(List.of(more));
    return command(folder, variables, arguments);
  }

  /** A worker, {@code box}, of the server in that folder. */
  static ServerProcess worker(Path folder, String url) throws IOException {
    return command(
        folder,
        Map.of("CAPSTAN_TOKEN", endpoint(folder).token()),
        List.of(
            "worker",
            "--server",
            url,
            "--name",
            "box",
            "--folder",
            folder.resolve("box").toString()));
  }

  /** Any command of Capstan. */
  static ServerProcess command(Path folder, Map<String, String> variables, List<String> arguments)
      throws IOException {
    Path output = Files.createTempFile(folder, "capstan-", ".log");
    ProcessBuilder builder =
        new ProcessBuilder(line(arguments))
            .redirectErrorStream(true)
            .redirectOutput(output.toFile());
    builder.environment().keySet().removeIf(name -> name.startsWith("CAPSTAN_"));
    builder.environment().putAll(variables);
    return new ServerProcess(builder.start(), output);
  }

  /** What starts a command of Capstan. */
  static List<String> line(List<String> arguments) {
    List<String> command =
        new ArrayList<>(
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
    return command;
  }

  /** Waits until it listens, and returns where. */
  String url() {
    return said("listening on (\\S+)");
  }

  /** Waits until it has said this, and returns the first group. */
  String said(String regex) {
    Pattern pattern = Pattern.compile(regex);
    Optional<String> found =
        await()
            .atMost(LIMIT)
            .pollDelay(Duration.ZERO)
            .pollInterval(Duration.ofMillis(20))
            .until(
                () -> {
                  boolean alive = process.isAlive();
                  Matcher matcher = pattern.matcher(output());
                  return matcher.find()
                      ? Optional.of(matcher.group(1))
                      : alive ? null : Optional.<String>empty();
                },
                answer -> answer != null);
    return found.orElseThrow(() -> new AssertionError("it ended and said:\n" + output()));
  }

  String output() {
    try {
      return Files.readString(output);
    } catch (IOException failure) {
      throw new AssertionError(failure);
    }
  }

  /** SIGTERM. */
  void terminate() {
    process.destroy();
  }

  int exit() throws InterruptedException {
    if (!process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new AssertionError("it does not end; it said:\n" + output());
    }
    return process.exitValue();
  }

  /** How the server that was started in that folder is reached on loopback. */
  static Endpoint endpoint(Path folder) throws IOException {
    return Json.MAPPER.readValue(
        Files.readString(folder.resolve("data").resolve(Endpoint.FILE)), Endpoint.class);
  }

  /** What that server's API answers below {@code /api/v1}. */
  static JsonNode api(Path folder, String path) throws Exception {
    Endpoint endpoint = endpoint(folder);
    String url = endpoint.url() + "/api/v1" + path;
    return Json.MAPPER.readTree(get(HttpClient.newHttpClient(), url, endpoint.token()).body());
  }

  static HttpResponse<String> get(String url) throws Exception {
    return get(HttpClient.newHttpClient(), url, "");
  }

  static HttpResponse<String> get(HttpClient client, String url, String token) throws Exception {
    HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url));
    if (!token.isEmpty()) {
      request.header("Authorization", "Bearer " + token);
    }
    return client.send(request.build(), BodyHandlers.ofString());
  }

  @Override
  public void close() {
    process.destroy();
    process.onExit().completeOnTimeout(process, 1, TimeUnit.MINUTES).join();
    process.destroyForcibly().onExit().join();
  }
}
