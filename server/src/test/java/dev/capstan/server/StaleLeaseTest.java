package dev.capstan.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.capstan.api.RunView;
import dev.capstan.api.worker.Answer;
import dev.capstan.api.worker.FromWorker;
import dev.capstan.api.worker.Reports;
import dev.capstan.api.worker.ToWorker;
import dev.capstan.api.worker.WorkerProtocolGrpc;
import dev.capstan.control.Capabilities;
import dev.capstan.control.Lease;
import dev.capstan.control.LeasedTask;
import dev.capstan.control.dispatch.Profile;
import dev.capstan.core.ContentHash;
import dev.capstan.core.run.Baseline;
import dev.capstan.core.run.RunCommand;
import dev.capstan.worker.protocol.BearerToken;
import dev.capstan.worker.protocol.Messages;
import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import io.grpc.stub.StreamObserver;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.PreparedStatement;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Workers as they speak on the wire, one of which comes back when its lease is over. */
class StaleLeaseTest {
  private static final int PATIENCE_SECONDS = 30;
  private static final String LATE = "what came too late";
  private static final String IN_TIME = "what came in time";

  @TempDir Path folder;
  private StartedServer server;
  private URI address;

  @BeforeEach
  void start() throws Exception {
    server =
        new StartedServer(
            Files.createDirectory(folder.resolve("data")),
            Map.of("CAPSTAN_WORKERS_BUILT_IN", "false"));
    address = server.listenToWorkers();
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void what_it_reports_with_the_old_token_is_refused_and_changes_nothing() throws Exception {
    String shop = GitSource.in(folder.resolve("shop"));
    Requests.created(server, Requests.run("run-1", shop, "Tidy"));
    server.post("/runs/run-1/start", "{\"step\":\"\",\"comment\":\"\"}");
    LeasedTask lost;
    try (WireWorker cutOff = new WireWorker("cut-off", Set.of())) {
      lost = cutOff.assigned();
    }
    end(lost.lease());

    try (WireWorker other = new WireWorker("other", Set.of())) {
      LeasedTask again = other.assigned();
      assertThat(again.task()).isEqualTo(lost.task());
      assertThat(again.lease().task()).isEqualTo(lost.lease().task());
      assertThat(again.lease().token()).isGreaterThan(lost.lease().token());

      try (WireWorker late = new WireWorker("cut-off", Set.of(lost.lease()))) {
        assertThat(late.stopped()).as("it is told to stop").contains(lost.lease());
        Answer refused = late.report(lost, LATE);
        assertThat(refused.getOutcome()).isEqualTo(Answer.Outcome.REFUSED);
        assertThat(refused.getReason()).isEqualTo("the lease was lost");
        assertThat(run().baseline()).isEmpty();

        assertThat(other.report(again, IN_TIME).getOutcome()).isEqualTo(Answer.Outcome.ACCEPTED);
        assertThat(late.report(lost, LATE).getOutcome()).isEqualTo(Answer.Outcome.REFUSED);
      }
    }
    assertThat(run().baseline()).isEqualTo(IN_TIME);
  }

  private RunView run() throws Exception {
    return Requests.json(server.get("/runs/run-1").body(), RunView.class);
  }

  /** As if its time were over, by the clock that judges it. */
  private void end(Lease lease) {
    int ended =
        server
            .transactions()
            .inTransaction(connection -> {
              String sql =
                  "update task set lease_until = now() - interval '1 second' where id = ? and token = ?";
              try (PreparedStatement update = connection.prepareStatement(sql)) {
                update.setLong(1, lease.task());
                update.setLong(2, lease.token());
                return update.executeUpdate();
              }
            });
    assertThat(ended).isEqualTo(1);
  }

  /** A session of a worker on a channel of its own, by the generated client. */
  private final class WireWorker implements AutoCloseable {
    private final ManagedChannel channel =
        ManagedChannelBuilder.forAddress(address.getHost(), address.getPort())
            .usePlaintext()
            .build();
    private final BlockingQueue<ToWorker> received = new LinkedBlockingQueue<>();
    private final StreamObserver<FromWorker> out;

    WireWorker(String name, Set<Lease> held) {
      out =
          WorkerProtocolGrpc.newStub(channel)
              .withCallCredentials(new BearerToken(server.endpoint().token()))
              .connect(new Receiver(received));
      Capabilities able = new Capabilities(Set.of("baseline"), Set.of(), Set.of());
      Profile profile = new Profile(name, name + "-1", "test", 1, able);
      out.onNext(FromWorker.newBuilder().setHello(Messages.hello(profile, held)).build());
    }

    LeasedTask assigned() throws InterruptedException {
      return await(message ->
          message.hasAssignments()
              ? Optional.of(Messages.task(message.getAssignments().getAssignments(0)))
              : Optional.empty());
    }

    Set<Lease> stopped() throws InterruptedException {
      return await(message ->
          message.hasStop() ? Optional.of(Messages.leases(message.getStop())) : Optional.empty());
    }

    Answer report(LeasedTask task, String summary) throws InterruptedException {
      RunCommand measured =
          new RunCommand.ReportBaseline(
              new Baseline(new ContentHash("a".repeat(64)), "recipe", summary));
      out.onNext(
          FromWorker.newBuilder()
              .setReports(Reports.newBuilder().addReports(Messages.report(task, measured)))
              .build());
      return await(message ->
          message.hasAnswers()
              ? Optional.of(message.getAnswers().getAnswers(0))
              : Optional.empty());
    }

    /** The first message of that kind; what comes before it is passed over. */
    private <T> T await(Function<ToWorker, Optional<T>> wanted) throws InterruptedException {
      while (true) {
        @Nullable ToWorker message = received.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
        Optional<T> found = wanted.apply(Objects.requireNonNull(message, "nothing came"));
        if (found.isPresent()) {
          return found.get();
        }
      }
    }

    /** As a cable that is cut. */
    @Override
    public void close() {
      channel.shutdownNow();
    }
  }

  private record Receiver(BlockingQueue<ToWorker> received) implements StreamObserver<ToWorker> {
    @Override
    public void onNext(ToWorker message) {
      received.add(message);
    }

    @Override
    public void onError(Throwable cut) {
      // whoever waits for a message finds that none comes
    }

    @Override
    public void onCompleted() {
      // as above
    }
  }
}
