package dev.capstan.cli.reliability;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/**
 * Two servers and three workers on one PostgreSQL, which are killed at random while runs are under
 * way; one worker is reached over a cable that is cut. The number of runs is the system property
 * {@code capstan.runs}, the seed {@code capstan.seed}.
 */
@Isolated
@Tag("slow")
final class ClusterTest {
  private static final int PROJECTS = 6;
  private static final int RUNS = 6;

  @Test
  void every_run_completes_once_whatever_is_killed(
      @TempDir(cleanup = CleanupMode.ON_SUCCESS) Path folder) throws Exception {
    int number = Integer.getInteger("capstan.runs", RUNS);
    long seed = Long.getLong("capstan.seed", new Random().nextLong());
    int pause = Integer.getInteger("capstan.pause", 12_000);
    Optional<Link> link = Link.make();
    System.out.println("seed " + seed + ", in " + folder);
    long begun = System.nanoTime();
    try (AutoCloseable _ = () -> link.ifPresent(Link::close);
        Cluster cluster = Cluster.start(folder, 2, link)) {
      cluster.addWorker("worker-1", List.of());
      cluster.addWorker("worker-2", List.of());
      cluster.addWorker("worker-3", link.map(Link::within).orElse(List.of()));
      ClusterRuns runs = new ClusterRuns(cluster, projects(folder), number);
      List<String> complaints = new ArrayList<>();
      try (Chaos chaos = new Chaos(cluster, link, new Random(seed), pause)) {
        await()
            .atMost(Duration.ofSeconds(120 + 40L * number))
            .pollInterval(Duration.ofMillis(500))
            .until(runs::goOn);
        complaints.addAll(chaos.complaints());
        System.out.println("FIGURE blows " + chaos);
        assertThat(chaos.dealt()).isPositive();
      }
      end(cluster);

      ClusterInspection inspection = new ClusterInspection(cluster);
      complaints.addAll(inspection.of(runs.ids()));
      complaints.addAll(runs.complaints());
      System.out.printf(
          "FIGURE %d runs of %d steps completed in %d s, %d things lost, doubled or left behind, %d"
              + " commands of steps done again%s%n",
          number,
          ClusterProject.STEPS.size(),
          (System.nanoTime() - begun) / 1_000_000_000,
          complaints.size(),
          inspection.repeated(),
          link.isPresent() ? "" : "; DID_NOT_RUN: a cable that is cut, which needs root");
      assertThat(complaints).isEmpty();
    }
  }

  private static List<ClusterProject> projects(Path folder) throws Exception {
    List<ClusterProject> projects = new ArrayList<>();
    for (int i = 1; i <= PROJECTS; i++) {
      projects.add(ClusterProject.in(folder.resolve("project-" + i)));
    }
    return projects;
  }

  /** Workers first, so that each says goodbye to a server. */
  private static void end(Cluster cluster) throws Exception {
    for (List<Cluster.Member> members : List.of(cluster.workers(), cluster.servers())) {
      for (Cluster.Member member : members) {
        assertThat(member.end()).as(member + ": " + member.process().output()).isZero();
      }
    }
  }
}
