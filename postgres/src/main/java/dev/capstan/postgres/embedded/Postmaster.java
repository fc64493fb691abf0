package dev.capstan.postgres.embedded;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Starts and stops the server of one cluster by pg_ctl, which makes it a process of its own: it
 * outlives the thread, the process and the terminal that started it.
 */
final class Postmaster {
  private static final Logger LOG = LoggerFactory.getLogger(Postmaster.class);

  /** Going through the log of changes after a crash may take long. */
  private static final Duration START_LIMIT = Duration.ofMinutes(5);

  private static final Duration FAST_LIMIT = Duration.ofSeconds(60);
  private static final Duration IMMEDIATE_LIMIT = Duration.ofSeconds(15);

  private final Cluster cluster;
  private final PostgresBinaries binaries;

  Postmaster(Cluster cluster, PostgresBinaries binaries) {
    this.cluster = cluster;
    this.binaries = binaries;
  }

  /**
   * The living server of this cluster, once it is neither starting nor stopping. Removes the trace
   * of one whose process id now belongs to another program, which would keep ours from starting.
   */
  Optional<PostmasterPid> running() throws IOException {
    long giveUp = System.nanoTime() + START_LIMIT.toNanos();
    while (System.nanoTime() < giveUp) {
      Optional<PostmasterPid> found = PostmasterPid.read(cluster.data());
      if (found.isEmpty() || !found.get().serves(cluster.data())) {
        forget(found);
        return Optional.empty();
      }
      if (found.get().status().equals("ready")) {
        return found;
      }
      Pause.briefly();
    }
    throw new EmbeddedPostgresFailed(
        "The PostgreSQL of " + cluster + " has been starting or stopping for " + START_LIMIT);
  }

  private void forget(Optional<PostmasterPid> stale) throws IOException {
    if (stale.isPresent() && stale.get().isAlive()) {
      LOG.info("process {} is not the PostgreSQL of {} any more", stale.get().pid(), cluster);
      PostmasterPid.delete(cluster.data());
    }
  }

  /** Starts it on a free port and waits until it takes connections. */
  Program.Outcome start() throws IOException {
    return start(freePort());
  }

  /** Starts it on that port and waits until it takes connections. */
  Program.Outcome start(int port) throws IOException {
    Path log = cluster.data().resolveSibling("start.log");
    Files.deleteIfExists(log);
    ServerLog serverLog = ServerLog.mark(cluster.data().resolve("log"));
    Program.Outcome outcome =
        control(START_LIMIT, "start", "--log=" + log, "--options=" + ServerSettings.options(port));
    if (outcome.isSuccess()) {
      return outcome;
    }
    String said = Files.exists(log) ? Files.readString(log) : "";
    return new Program.Outcome(
        outcome.exit(), String.join("\n", outcome.output(), said, serverLog.sinceMark()));
  }

  /** Ends its connections, lets it write everything down, and waits until it is gone. */
  void stop() throws IOException {
    Optional<PostmasterPid> found = PostmasterPid.read(cluster.data());
    if (found.isEmpty() || !found.get().serves(cluster.data())) {
      return;
    }
    if (control(FAST_LIMIT, "stop", "--mode=fast").isSuccess()) {
      return;
    }
    LOG.warn("PostgreSQL {} of {} does not stop; stopping it hard", found.get().pid(), cluster);
    Program.Outcome outcome = control(IMMEDIATE_LIMIT, "stop", "--mode=immediate");
    if (!outcome.isSuccess() && found.get().serves(cluster.data())) {
      throw new EmbeddedPostgresFailed(
          "The PostgreSQL of "
              + cluster
              + " (process "
              + found.get().pid()
              + ") can't be stopped: "
              + outcome.output()
              + "\nEnd it by hand, then try again.");
    }
  }

  private Program.Outcome control(Duration limit, String action, String... options)
      throws IOException {
    List<String> command =
        List.of(
            binaries.program("pg_ctl").toString(),
            action,
            "--pgdata=" + cluster.data(),
            "--wait",
            "--timeout=" + limit.toSeconds());
    List<String> all = Stream.concat(command.stream(), Arrays.stream(options)).toList();
    return Program.run(cluster.launcher().command(all), limit.plusSeconds(10));
  }

  /** Another program may take it before the server does; then the start is tried again. */
  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket()) {
      socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
      return socket.getLocalPort();
    }
  }
}
