package dev.capstan.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.capstan.api.CreateCampaign;
import dev.capstan.api.CreateRun.PlanDocument;
import dev.capstan.api.RunView;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A campaign that is held back at the very moment at which one of its runs is being made. */
class CampaignHoldTest {
  @TempDir Path folder;
  private StartedServer server;
  private String shop = "";

  @BeforeEach
  void start() throws Exception {
    shop = GitSource.in(folder.resolve("shop"));
    server =
        new StartedServer(
            Files.createDirectory(folder.resolve("data")),
            Map.of("CAPSTAN_WORKERS_BUILT_IN", "false"));
    server.installation().startWorking();
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @ParameterizedTest
  @CsvSource({"pause,resume", "halt,lift", "halt,resume"})
  void a_run_that_was_being_planned_is_held_with_the_others_and_goes_on_with_them(
      String hold, String end) throws Exception {
    CountDownLatch held = new CountDownLatch(1);
    Thread parked = Thread.ofVirtual().start(() -> park(held));
    await().until(() -> locks("granted"), count -> count > 0);
    create();
    await().atMost(Duration.ofSeconds(60)).until(() -> locks("not granted"), count -> count > 0);

    assertThat(act(hold).statusCode()).isEqualTo(200);
    assertThat(server.get("/runs/spring-1").statusCode()).as("it is not there yet").isEqualTo(404);
    held.countDown();
    parked.join();

    await().atMost(Duration.ofSeconds(60)).until(() -> status("spring-1"), "paused"::equals);
    assertThat(act(end).statusCode()).isEqualTo(200);
    await()
        .atMost(Duration.ofSeconds(60))
        .until(() -> status("spring-1"), status -> !status.equals("paused"));
  }

  @Test
  void a_run_of_a_campaign_that_is_not_held_goes_on() throws Exception {
    create();

    await()
        .atMost(Duration.ofSeconds(60))
        .until(() -> status("spring-1"), status -> !Set.of("none", "pending").contains(status));
    assertThat(status("spring-1")).isNotEqualTo("paused");
  }

  private void create() throws Exception {
    CreateCampaign campaign =
        new CreateCampaign(
            "spring",
            "Tidy up",
            "",
            new PlanDocument(List.of(Requests.step("one"))),
            false,
            List.of(new CreateCampaign.Target(shop, "")),
            new CreateCampaign.Predicate("", ""));
    var answer = server.post("/campaigns", Requests.text(campaign));
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
  }

  private HttpResponse<String> act(String action) throws Exception {
    return server.post("/campaigns/spring/" + action, "{}");
  }

  private String status(String run) throws Exception {
    var answer = server.get("/runs/" + run);
    return answer.statusCode() == 200
        ? Requests.json(answer.body(), RunView.class).status()
        : "none";
  }

  /** No run can be made until that; whoever reads is not hindered. */
  private void park(CountDownLatch until) {
    server
        .transactions()
        .inTransaction(connection -> {
          execute(connection, "lock table run in share mode");
          try {
            until.await();
          } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
          }
          return 0;
        });
  }

  private static void execute(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  /** How many there are on the table of runs, that keep others waiting or wait. */
  private int locks(String granted) {
    String sql =
        "select count(*) from pg_locks where relation = 'run'::regclass and %s and mode in ('ShareLock', 'RowExclusiveLock')"
            .formatted(granted);
    return server
        .transactions()
        .readOnly(connection -> {
          try (Statement statement = connection.createStatement();
              ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getInt(1);
          }
        });
  }
}
