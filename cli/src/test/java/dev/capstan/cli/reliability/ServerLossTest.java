package dev.capstan.cli.reliability;

import static org.assertj.core.api.Assertions.assertThat;

import dev.capstan.api.DutyView;
import dev.capstan.api.ServerView;
import dev.capstan.api.WorkerView;
import dev.capstan.cli.session.Client;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/** One of two servers dies. */
@Isolated
@Tag("slow")
final class ServerLossTest {
  private static final Duration PROMISED = Duration.ofSeconds(10);

  @TempDir(cleanup = CleanupMode.ON_SUCCESS)
  private Path folder;

  @Test
  void its_duties_and_its_workers_have_another_server_within_ten_seconds() throws Exception {
    try (Cluster cluster = Cluster.start(folder, 2, Optional.empty())) {
      cluster.addWorker("worker", List.of());
      Cluster.reach("the worker is there", () -> !serverOf(cluster, 0).isEmpty());
      String dead = serverOf(cluster, 0);
      int victim = id(cluster, 0).equals(dead) ? 0 : 1;
      int survivor = 1 - victim;
      Cluster.reach("it does a duty", () -> owner(cluster, survivor).equals(dead));

      Instant killed = Instant.now();
      cluster.servers().get(victim).process().kill();

      Cluster.reach(
          "another does its duties", () -> owner(cluster, survivor).equals(id(cluster, survivor)));
      Duration duties = Duration.between(killed, Instant.now());
      Cluster.reach(
          "its worker is at another",
          () -> serverOf(cluster, survivor).equals(id(cluster, survivor)));
      Duration worker = Duration.between(killed, Instant.now());
      System.out.printf(
          "FIGURE a duty has a new owner %d ms after the kill, a worker another server after %d ms%n",
          duties.toMillis(), worker.toMillis());
      assertThat(duties).isLessThan(PROMISED);
      assertThat(worker).isLessThan(PROMISED);
      Cluster.reach("it is shown as lost", () -> "lost".equals(state(cluster, survivor, dead)));
    }
  }

  private static String id(Cluster cluster, int server) {
    try {
      return Files.readString(cluster.servers().get(server).data().resolve("server-id")).strip();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private static Client client(Cluster cluster, int server) {
    try {
      return cluster.client(server);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /** Who does what is done every few seconds. */
  private static String owner(Cluster cluster, int asked) {
    try (Client client = client(cluster, asked)) {
      return client.duties().stream()
          .filter(duty -> duty.name().equals("leases"))
          .map(DutyView::server)
          .findFirst()
          .orElse("");
    }
  }

  private static String serverOf(Cluster cluster, int asked) {
    try (Client client = client(cluster, asked)) {
      return client.workers().stream()
          .filter(worker -> worker.name().equals("worker"))
          .map(WorkerView::server)
          .findFirst()
          .orElse("");
    }
  }

  private static String state(Cluster cluster, int asked, String server) {
    try (Client client = client(cluster, asked)) {
      return client.servers().stream()
          .filter(one -> one.id().equals(server))
          .map(ServerView::state)
          .findFirst()
          .orElse("");
    }
  }
}
