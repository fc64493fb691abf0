package dev.capstan.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.capstan.control.LeasedTask;
import dev.capstan.server.workers.WorkerLimits;
import io.grpc.Status;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What workers may have of a server, and how they are told that they cannot have more. */
class WorkerLimitsTest {
  private static final String API = "/api/v1";

  @TempDir Path folder;
  private Door door;
  private URI address;

  @BeforeEach
  void open() {
    RequestLimits usual = RequestLimits.DEFAULT;
    door =
        Door.open(
            folder.resolve("data"),
            new RequestLimits(
                4_000,
                usual.uploadBytes(),
                usual.headerBytes(),
                usual.requestsPerMinute(),
                usual.failedSignInsPerMinute(),
                new WorkerLimits(3, 2, 4, 20_000, 5_000)),
            Map.of("CAPSTAN_WORKERS_BUILT_IN", "false"));
    address = door.listenToWorkers();
  }

  @AfterEach
  void close() {
    door.close();
  }

  private String token(String name) throws Exception {
    return door.token(name, "worker", "", "");
  }

  private WireWorker worker(String token, String name) {
    return WireWorker.connect(address, token, name, Set.of());
  }

  private String audit() throws Exception {
    return door.get(door.owner(), API + "/audit?limit=1000").body();
  }

  private static void refused(WireWorker worker, Status.Code code, String why) throws Exception {
    Status status = worker.ended();
    assertThat(status.getCode()).isEqualTo(code);
    assertThat(status.getDescription()).contains(why);
  }

  @Test
  void a_token_and_a_server_have_so_many_sessions_and_one_that_is_over_makes_room()
      throws Exception {
    String ours = token("ours");
    String theirs = token("theirs");
    try (WireWorker first = worker(ours, "first").welcomed();
        WireWorker second = worker(ours, "second").welcomed();
        WireWorker third = worker(ours, "third");
        WireWorker other = worker(theirs, "other").welcomed();
        WireWorker last = worker(theirs, "last")) {
      refused(third, Status.Code.RESOURCE_EXHAUSTED, "2 sessions of workers with this token");
      refused(last, Status.Code.RESOURCE_EXHAUSTED, "3 sessions of workers, and no more");
      assertThat(audit())
          .contains("gRPC Connect", "workers.sessionsPerToken", "\"who\":\"ours\"", "127.0.0.1");
      assertThat(door.get(door.owner(), "/metrics").body())
          .contains("capstan_workers_refused_total{reason=\"sessions\"} 2");

      first.cut();

      await()
          .until(() -> {
            try (WireWorker again = worker(ours, "third")) {
              return again.isLetIn();
            }
          });
      assertThat(second).isNotEqualTo(other);
    }
  }

  @Test
  void a_worker_that_comes_back_takes_the_place_of_its_former_session() throws Exception {
    String token = token("ours");
    try (WireWorker other = worker(token, "other").welcomed();
        WireWorker before = worker(token, "same").welcomed();
        WireWorker after = worker(token, "same").welcomed()) {
      refused(before, Status.Code.ABORTED, "another session");
      assertThat(other).isNotEqualTo(after);
    }
  }

  @Test
  void a_worker_that_wants_too_many_tasks_at_once_is_told_so_for_good() throws Exception {
    String token = token("ours");
    try (WireWorker greedy = WireWorker.connect(address, token, "greedy", 5, Set.of());
        WireWorker modest = WireWorker.connect(address, token, "modest", 4, Set.of())) {
      refused(greedy, Status.Code.PERMISSION_DENIED, "at most 4 tasks at once here");
      modest.welcomed();
    }
    assertThat(audit()).contains("at most 4 tasks");
  }

  @Test
  void messages_and_artifacts_that_are_too_large_are_refused_and_nothing_of_them_is_kept()
      throws Exception {
    String shop = GitSource.in(folder.resolve("shop"));
    door.post(door.owner(), API + "/runs", Requests.text(Requests.run("run-1", shop, "Tidy")));
    door.post(door.owner(), API + "/runs/run-1/start", "{\"step\":\"\",\"comment\":\"\"}");
    try (WireWorker worker = worker(token("ours"), "worker")) {
      LeasedTask task = worker.assigned();

      assertThat(worker.upload(task.lease(), 5_000)).isEqualTo(Status.OK);
      Status refused = worker.upload(task.lease(), 5_001);
      assertThat(refused.getCode()).isEqualTo(Status.Code.RESOURCE_EXHAUSTED);
      assertThat(refused.getDescription()).contains("more than 5000 bytes");
      worker.send(task, "x".repeat(20_000));
      refused(worker, Status.Code.RESOURCE_EXHAUSTED, "TOO_LARGE");
    }
    assertThat(door.get(door.owner(), API + "/runs/run-1").json().get("baseline").asString())
        .isEmpty();
    assertThat(door.get(door.owner(), "/metrics").body())
        .contains("capstan_workers_refused_total{reason=\"size\"} 2");
    assertThat(audit()).contains("gRPC Upload", "gRPC Connect");
  }

  @Test
  void a_worker_without_a_good_token_is_refused_and_audited() throws Exception {
    try (WireWorker stranger = worker("cap_wrong", "stranger");
        WireWorker reader = worker(door.token("looker", "reader", "", ""), "reader")) {
      refused(stranger, Status.Code.UNAUTHENTICATED, "a worker's token");
      refused(reader, Status.Code.UNAUTHENTICATED, "a worker's token");
    }
    assertThat(audit()).contains("\"who\":\"nobody\"", "gRPC Connect", "127.0.0.1");
  }

  @Test
  void a_session_ends_once_its_token_is_revoked() throws Exception {
    String token = token("leaver");
    try (WireWorker worker = worker(token, "worker").welcomed()) {
      String id =
          door.get(door.owner(), API + "/tokens").json().get("items").get(0).get("id").asString();
      door.send(door.owner(), "DELETE", API + "/tokens/" + id, Door.JSON, "");

      refused(worker, Status.Code.UNAUTHENTICATED, "good no more");
    }
    try (WireWorker again = worker(token, "worker")) {
      refused(again, Status.Code.UNAUTHENTICATED, "a worker's token");
    }
  }
}
