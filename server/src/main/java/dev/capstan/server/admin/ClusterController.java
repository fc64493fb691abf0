package dev.capstan.server.admin;

import dev.capstan.api.DutyView;
import dev.capstan.api.ServerView;
import dev.capstan.api.WorkerView;
import dev.capstan.control.access.Access;
import dev.capstan.control.access.Scope;
import dev.capstan.control.cluster.Cluster;
import dev.capstan.control.cluster.Cluster.Server;
import dev.capstan.control.cluster.Cluster.Worker;
import dev.capstan.control.cluster.Duties;
import dev.capstan.server.auth.Allowed;
import dev.capstan.server.auth.Callers;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** The installation's servers, workers and duties, for those of the first organisation. */
@RestController
@RequestMapping("/api/v1")
public final class ClusterController {
  private final Cluster cluster;
  private final Duties duties;
  private final Callers callers;

  public ClusterController(Cluster cluster, Duties duties, Callers callers) {
    this.cluster = cluster;
    this.duties = duties;
    this.callers = callers;
  }

  /** The servers that were heard in the last days, by name. */
  @Allowed(Scope.READER)
  @GetMapping("/servers")
  List<ServerView> servers() {
    return shown(cluster::servers).stream().map(ClusterController::view).toList();
  }

  /** The workers that are connected to any server, by name. */
  @Allowed(Scope.READER)
  @GetMapping("/workers")
  List<WorkerView> workers() {
    return shown(cluster::workers).stream().map(ClusterController::view).toList();
  }

  /** What one server does now and then for all, with how it went the last time. */
  @Allowed(Scope.READER)
  @GetMapping("/duties")
  List<DutyView> duties() {
    return shown(duties::list).stream().map(ClusterController::view).toList();
  }

  /** Machines are of the installation: nothing of them is there for other organisations. */
  private <T> List<T> shown(Supplier<List<T>> all) {
    Access access = callers.access();
    return access.home().isDefault() && access.project().isEmpty() ? all.get() : List.of();
  }

  private static ServerView view(Server server) {
    return new ServerView(
        server.self().id(),
        server.self().name(),
        server.self().url(),
        server.self().version(),
        server.startedAt().toString(),
        server.isUp() ? "up" : server.endedAt().isPresent() ? "ended" : "lost",
        server.silence().toSeconds());
  }

  private static WorkerView view(Worker worker) {
    return new WorkerView(
        worker.profile().name(),
        worker.profile().instance(),
        worker.server(),
        worker.profile().version(),
        worker.profile().capacity(),
        sorted(worker.profile().capabilities().kinds()),
        sorted(worker.profile().capabilities().engines()),
        sorted(worker.profile().capabilities().labels()),
        worker.underWay(),
        worker.waiting(),
        worker.given(),
        worker.draining(),
        worker.silence().toSeconds());
  }

  private static List<String> sorted(Set<String> names) {
    return names.stream().sorted().toList();
  }

  private static DutyView view(Duties.Done duty) {
    return new DutyView(
        duty.name(),
        duty.about(),
        duty.everySeconds(),
        duty.server(),
        duty.begunAt().toString(),
        text(duty.endedAt()),
        duty.endedAt().isEmpty() ? "underway" : duty.failed() ? "failed" : "done",
        duty.outcome(),
        text(duty.nextAt()));
  }

  private static String text(Optional<Instant> time) {
    return time.map(Instant::toString).orElse("");
  }
}
