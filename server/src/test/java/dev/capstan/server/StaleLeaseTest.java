package dev.capstan.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.capstan.api.RunView;
import dev.capstan.api.worker.Answer;
import dev.capstan.control.Lease;
import dev.capstan.control.LeasedTask;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.PreparedStatement;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Workers as they speak on the wire, one of which comes back when its lease is over. */
class StaleLeaseTest {
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
    try (WireWorker cutOff = WireWorker.connect(address, token(), "cut-off", Set.of())) {
      lost = cutOff.assigned();
    }
    // Until it is known to be gone its lease may be renewed.
    await().until(() -> !server.get("/workers").body().contains("cut-off"));
    end(lost.lease());

    try (WireWorker other = WireWorker.connect(address, token(), "other", Set.of())) {
      LeasedTask again = other.assigned();
      assertThat(again.task()).isEqualTo(lost.task());
      assertThat(again.lease().task()).isEqualTo(lost.lease().task());
      assertThat(again.lease().token()).isGreaterThan(lost.lease().token());

      try (WireWorker late =
          WireWorker.connect(address, token(), "cut-off", Set.of(lost.lease()))) {
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

  private String token() {
    return server.endpoint().token();
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
}
