package dev.capstan.testkit.process;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A server as its makers deliver it, from the folder that {@code CAPSTAN_TEST_SERVERS} says, on
 * loopback.
 */
public final class RealServer implements AutoCloseable {
  private static final long SECONDS_TO_LISTEN = 120;
  private static final long MILLISECONDS_BETWEEN = 50;

  private final Process process;
  private final int port;

  private RealServer(Process process, int port) {
    this.process = process;
    this.port = port;
  }

  public static boolean areInstalled() {
    return Files.exists(folder().resolve("installed"));
  }

  /** Where the servers are. */
  public static Path folder() {
    return Path.of(System.getenv().getOrDefault("CAPSTAN_TEST_SERVERS", "/nowhere"));
  }

  /** A program of an npm package. */
  public static String program(String name) {
    return folder().resolve("node_modules/.bin").resolve(name).toString();
  }

  /** A port that nobody listens at. */
  public static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  /**
   * Waits until it listens.
   *
   * @param log where what it says is written
   */
  public static RealServer start(Path log, int port, List<String> command)
      throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(new ArrayList<>(command))
            .directory(folder().toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    RealServer server = new RealServer(process, port);
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS_TO_LISTEN);
    while (!server.listens()) {
      boolean over = process.waitFor(MILLISECONDS_BETWEEN, TimeUnit.MILLISECONDS);
      if (over || System.nanoTime() > end) {
        server.close();
        throw new IOException(command.getFirst() + " does not listen: " + Files.readString(log));
      }
    }
    return server;
  }

  private boolean listens() {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1_000);
      return true;
    } catch (IOException notYet) {
      return false;
    }
  }

  public int port() {
    return port;
  }

  @Override
  public void close() {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
    process.onExit().join();
  }
}
