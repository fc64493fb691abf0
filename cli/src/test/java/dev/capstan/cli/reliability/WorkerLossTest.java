package dev.capstan.cli.reliability;

import static org.assertj.core.api.Assertions.assertThat;

import dev.capstan.cli.DidNotRun;
import dev.capstan.cli.session.Client;
import dev.capstan.control.records.RunQueries.Recorded;
import dev.capstan.core.RunId;
import dev.capstan.core.StepId;
import dev.capstan.core.run.RunEvent;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/** Workers that die or are cut off in the middle of a task, with another one ready. */
@Isolated
@Tag("slow")
final class WorkerLossTest {
  private static final StepId STEP = new StepId("slow");

  @TempDir(cleanup = CleanupMode.ON_SUCCESS)
  private Path folder;

  @Test
  void a_task_whose_worker_is_killed_is_taken_up_by_another() throws Exception {
    try (Cluster cluster = Cluster.start(folder, 1, Optional.empty())) {
      Cluster.Member first = cluster.addWorker("first", List.of());
      begin(cluster, "20");
      cluster.addWorker("second", List.of());

      first.process().kill();

      Records records = completed(cluster);
      assertThat(StepHistory.of(STEP, records.events())).isEqualTo(StepHistory.UNDISTURBED);
      assertThat(executor(records)).isEqualTo("worker second");
    }
  }

  @Test
  void a_connection_that_heals_before_the_lease_ends_costs_nothing() throws Exception {
    try (Link link = link();
        Cluster cluster = Cluster.start(folder, 2, Optional.of(link))) {
      cluster.addWorker("far", link.within());
      begin(cluster, "22");
      cluster.addWorker("near", List.of());
      Cluster.reach("near is there", () -> workers(cluster) == 2);

      link.cut();
      Cluster.reach("the far one is missed", () -> silence(cluster, "far") > 8);
      link.heal();

      Records records = completed(cluster);
      assertThat(StepHistory.of(STEP, records.events())).isEqualTo(StepHistory.UNDISTURBED);
      assertThat(executor(records)).isEqualTo("worker far");
      assertThat(records.repeated()).isZero();
    }
  }

  @Test
  void a_worker_that_is_cut_off_for_longer_ends_its_work_and_its_result_counts_for_nothing()
      throws Exception {
    String seconds = "47." + ProcessHandle.current().pid();
    try (Link link = link();
        Cluster cluster = Cluster.start(folder, 2, Optional.of(link))) {
      cluster.addWorker("far", link.within());
      begin(cluster, seconds);

      link.cut();
      Cluster.reach("its children are dead", () -> sleeping(seconds) == 0);
      cluster.addWorker("near", List.of());
      Cluster.reach("another has the task", () -> sleeping(seconds) == 1);
      link.heal();

      Records records = completed(cluster);
      assertThat(StepHistory.of(STEP, records.events())).isEqualTo(StepHistory.UNDISTURBED);
      assertThat(executor(records)).isEqualTo("worker near");
    }
  }

  private static Link link() throws InterruptedException {
    Optional<Link> link = Link.make();
    DidNotRun.unless(link.isPresent(), "only root makes network namespaces");
    return link.orElseThrow();
  }

  /** Returns once the step's command runs. */
  private void begin(Cluster cluster, String seconds) throws Exception {
    ClusterProject project = ClusterProject.in(folder.resolve("project"));
    try (Client client = cluster.client(0)) {
      client.create(project.slow("lost", seconds));
    }
    Cluster.reach("the step runs", () -> sleeping(seconds) == 1);
  }

  private static long sleeping(String seconds) {
    return ProcessHandle.allProcesses()
        .map(ProcessHandle::info)
        .filter(info -> info.command().orElse("").endsWith("sleep"))
        .filter(info -> List.of(info.arguments().orElse(new String[0])).contains(seconds))
        .count();
  }

  private static Records completed(Cluster cluster) {
    Cluster.reach(
        "the run is completed",
        () -> cluster.number("select count(*) from run where status = 'completed'") == 1);
    return Records.read(cluster.transactions(), new RunId("lost"));
  }

  private static long workers(Cluster cluster) {
    return cluster.number("select count(*) from worker where 'execute' = any(kinds)");
  }

  private static long silence(Cluster cluster, String worker) {
    return cluster.number(
        "select coalesce(max(extract(epoch from clock_timestamp() - heard_at))::bigint, 0)"
            + " from worker where name = '"
            + worker
            + "'");
  }

  private static String executor(Records records) {
    return records.events().stream()
        .filter(one -> one.event() instanceof RunEvent.AttemptExecuted)
        .map(Recorded::actor)
        .findFirst()
        .orElseThrow();
  }
}
