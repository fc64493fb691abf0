package dev.capstan.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.capstan.api.orchestration.ActRequest;
import dev.capstan.api.orchestration.CreateRunRequest;
import dev.capstan.api.orchestration.Event;
import dev.capstan.api.orchestration.ListRunsRequest;
import dev.capstan.api.orchestration.OrchestrationGrpc;
import dev.capstan.api.orchestration.OrchestrationGrpc.OrchestrationBlockingStub;
import dev.capstan.api.orchestration.Run;
import dev.capstan.api.orchestration.RunLine;
import dev.capstan.api.orchestration.RunRequest;
import dev.capstan.api.orchestration.WatchRequest;
import dev.capstan.worker.protocol.BearerToken;
import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.net.URI;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/** Runs over gRPC, by the rules of REST, with a client that was generated. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OrchestrationTest {
  @TempDir static Path folder;

  private Door door;
  private ManagedChannel channel;
  private String theirs = "";

  @BeforeAll
  void open() throws Exception {
    door = Door.open(folder.resolve("data"), RequestLimits.DEFAULT);
    URI url = door.listenToWorkers();
    channel = ManagedChannelBuilder.forAddress(url.getHost(), url.getPort()).usePlaintext().build();
    door.post(door.owner(), "/api/v1/organisations", "{\"name\":\"theirs\"}");
    theirs = door.token("their-admin", "admin", "", "theirs");
  }

  @AfterAll
  void close() {
    channel.shutdownNow();
    door.close();
  }

  private OrchestrationBlockingStub as(String token) {
    return OrchestrationGrpc.newBlockingStub(channel)
        .withCallCredentials(new BearerToken(token))
        .withDeadlineAfter(60, TimeUnit.SECONDS);
  }

  private Run create(String token, String id) {
    return as(token)
        .createRun(
            CreateRunRequest.newBuilder()
                .setDocument(
                    Requests.text(Requests.run(id, "https://forge.invalid/" + id + ".git", "Tidy")))
                .build());
  }

  private static RunRequest run(String id) {
    return RunRequest.newBuilder().setId(id).build();
  }

  private static ActRequest act(String id, String action, long version) {
    return ActRequest.newBuilder().setId(id).setAction(action).setExpectedVersion(version).build();
  }

  private static void refused(Status.Code code, String why, ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            StatusRuntimeException.class,
            refused -> assertThat(refused.getStatus().getCode()).isEqualTo(code))
        .hasMessageContaining(why);
  }

  @Test
  void a_run_is_created_looked_at_acted_on_and_watched() {
    Run created = create(door.owner(), "grpc-1");
    assertThat(created.getStatus()).isEqualTo("pending");
    assertThat(JsonMapper.shared().readTree(created.getDocument()).get("goal").asString())
        .isEqualTo("Tidy");
    assertThat(create(door.owner(), "grpc-1").getVersion()).as("again").isEqualTo(1);
    Iterator<Event> events =
        as(door.owner()).watchEvents(WatchRequest.newBuilder().setId("grpc-1").build());
    assertThat(events.next().getType()).isEqualTo("run-created.v1");

    refused(Status.Code.ABORTED, "STALE", () -> as(door.owner()).act(act("grpc-1", "cancel", 9)));
    Run cancelled = as(door.owner()).act(act("grpc-1", "cancel", 1));

    assertThat(cancelled.getStatus()).isEqualTo("cancelled");
    Event event = events.next();
    assertThat(event.getType()).isEqualTo("run-cancelled.v1");
    assertThat(event.getVersion()).isEqualTo(2);
    assertThat(as(door.owner()).getRun(run("grpc-1"))).isEqualTo(cancelled);
    assertThat(
            as(door.owner())
                .listRuns(ListRunsRequest.newBuilder().setLimit(9).build())
                .getRunsList())
        .extracting(RunLine::getId)
        .contains("grpc-1");
    refused(
        Status.Code.FAILED_PRECONDITION,
        "CONFLICT: the run is over",
        () -> as(door.owner()).act(act("grpc-1", "pause", 0)));
  }

  @Test
  void a_scope_that_does_not_cover_a_call_is_refused_and_the_refusal_audited() throws Exception {
    create(door.owner(), "grpc-2");
    String reader = door.token("grpc-reader", "reader", "", "");
    String operator = door.token("grpc-operator", "operator", "", "");
    String worker = door.token("grpc-worker", "worker", "", "");

    assertThat(as(reader).getRun(run("grpc-2")).getId()).isEqualTo("grpc-2");
    refused(Status.Code.PERMISSION_DENIED, "scope operator", () -> create(reader, "grpc-not"));
    refused(
        Status.Code.PERMISSION_DENIED,
        "scope operator",
        () -> as(reader).act(act("grpc-2", "start", 0)));
    refused(
        Status.Code.PERMISSION_DENIED,
        "scope maintainer",
        () -> as(operator).act(act("grpc-2", "approve", 0)));
    refused(Status.Code.PERMISSION_DENIED, "scope reader", () -> as(worker).getRun(run("grpc-2")));
    refused(Status.Code.UNAUTHENTICATED, "Bearer", () -> as("cap_wrong").getRun(run("grpc-2")));

    assertThat(door.get(door.owner(), "/api/v1/audit?limit=1000").body())
        .contains("gRPC CreateRun", "gRPC Act approve", "grpc-operator");
  }

  @Test
  void what_belongs_to_another_organisation_is_not_there() {
    create(door.owner(), "grpc-3");
    for (ThrowingCallable call :
        List.<ThrowingCallable>of(
            () -> as(theirs).getRun(run("grpc-3")),
            () -> as(theirs).act(act("grpc-3", "cancel", 0)),
            () ->
                as(theirs).watchEvents(WatchRequest.newBuilder().setId("grpc-3").build()).next())) {
      refused(Status.Code.NOT_FOUND, "there is no run grpc-3", call);
    }
    assertThat(as(theirs).listRuns(ListRunsRequest.newBuilder().setLimit(9).build()).getRunsList())
        .isEmpty();
    assertThat(as(door.owner()).getRun(run("grpc-3")).getStatus()).isEqualTo("pending");
  }

  @Test
  void a_token_that_calls_too_often_by_either_protocol_is_told_when_to_come_again()
      throws Exception {
    RequestLimits few =
        new RequestLimits(1 << 20, 1 << 20, 16 << 10, 3, 3, RequestLimits.DEFAULT.workers());
    try (Door slow = Door.open(folder.resolve("slow"), few)) {
      URI url = slow.listenToWorkers();
      ManagedChannel own =
          ManagedChannelBuilder.forAddress(url.getHost(), url.getPort()).usePlaintext().build();
      String fast = slow.token("fast", "reader", "", "");
      for (int i = 0; i < 3; i++) {
        assertThat(slow.get(fast, "/api/v1/runs").status()).isEqualTo(200);
      }

      refused(Status.Code.RESOURCE_EXHAUSTED, "3 requests a minute", () -> often(own, fast, 1));
      often(own, slow.token("calm", "reader", "", ""), 1);
      often(own, slow.owner(), 30);
      for (int i = 0; i < 3; i++) {
        refused(Status.Code.UNAUTHENTICATED, "Bearer", () -> often(own, "cap_guess", 1));
      }
      refused(Status.Code.RESOURCE_EXHAUSTED, "a good token", () -> often(own, "cap_guess", 1));
      often(own, slow.owner(), 1);
      own.shutdownNow();
    }
  }

  private static void often(ManagedChannel channel, String token, int times) {
    for (int i = 0; i < times; i++) {
      OrchestrationGrpc.newBlockingStub(channel)
          .withCallCredentials(new BearerToken(token))
          .listRuns(ListRunsRequest.newBuilder().setLimit(1).build());
    }
  }

  @Test
  void what_is_not_understood_is_refused_with_the_reason() {
    refused(
        Status.Code.INVALID_ARGUMENT,
        "INVALID",
        () ->
            as(door.owner())
                .createRun(CreateRunRequest.newBuilder().setDocument("{\"id\":1").build()));
    create(door.owner(), "grpc-4");
    refused(
        Status.Code.RESOURCE_EXHAUSTED,
        "TOO_LARGE",
        () ->
            as(door.owner())
                .createRun(CreateRunRequest.newBuilder().setDocument("x".repeat(1 << 20)).build()));
    refused(
        Status.Code.NOT_FOUND,
        "no action",
        () -> as(door.owner()).act(act("grpc-4", "explode", 0)));
  }
}
