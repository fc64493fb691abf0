package dev.capstan.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.capstan.postgres.database.Transactions;
import dev.capstan.server.Tenants.Tenant;
import java.nio.file.Path;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.time.Duration;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A report of CI reaches the runs that its token may see, and is in nobody else's way. */
class CiReportTest {
  private static final String BRANCH = "capstan/same-branch";

  @Test
  void a_report_tells_only_the_runs_that_its_token_sees(@TempDir Path folder) throws Exception {
    try (StartedServer server = new StartedServer(folder)) {
      Tenants tenants = new Tenants(server);
      for (String organisation : List.of("ours", "theirs")) {
        Tenant admin = tenants.organisation(organisation);
        for (String project : List.of(organisation + "-one", organisation + "-two")) {
          Tenant operator = admin.project(project);
          operator.run("run-of-" + project);
          operator.post("/runs/run-of-" + project + "/cancel", "{\"step\":\"\",\"comment\":\"\"}");
          delivered(server.transactions(), "run-of-" + project);
        }
      }
      server.installation().startWorking();
      var told = new TreeMap<String, String>();
      for (Tenant tenant :
          List.of(
              tenants.named("ours"),
              tenants.named("ours-one"),
              tenants.named("theirs-two"),
              tenants.owner())) {
        String answer = tenant.post("/ci-reports", report());
        assertThat(answer).as("nobody's id stands in the way of " + tenant).contains("true");
        told.put(tenant.name(), outcome(server.transactions()));
      }

      assertThat(told.get("ours"))
          .contains("run-of-ours-one", "run-of-ours-two")
          .doesNotContain("theirs");
      assertThat(told.get("ours-one")).contains("run-of-ours-one").doesNotContain("two", "theirs");
      assertThat(told.get("theirs-two"))
          .contains("run-of-theirs-two")
          .doesNotContain("ours", "one");
      assertThat(told.get("owner")).contains("run-of-ours-one", "run-of-theirs-two");
    }
  }

  private static String report() {
    return """
    {"id": "build-7", "repository": "https://forge.invalid/x.git", "branch": "%s", "commit": "%s",
     "name": "build", "conclusion": "failed", "url": "", "tests": "", "failed": "", "skipped": ""}\
    """
        .formatted(BRANCH, "a".repeat(40));
  }

  private static void delivered(Transactions transactions, String run) {
    transactions.inTransaction(connection -> {
      try (PreparedStatement insert =
          connection.prepareStatement(
              "insert into outbox (key, run_id, kind, detail) values (?, ?, 'push', ?)")) {
        insert.setString(1, run);
        insert.setString(2, run);
        insert.setString(3, BRANCH + " " + "a".repeat(40));
        return insert.executeUpdate();
      }
    });
  }

  /** What became of the newest message: a run that was cancelled is asked, and says no. */
  private static String outcome(Transactions transactions) {
    return await()
        .atMost(Duration.ofMinutes(1))
        .until(
            () ->
                transactions.readOnly(connection -> {
                  try (PreparedStatement select =
                          connection.prepareStatement(
                              "select outcome from inbox order by received_at desc limit 1");
                      ResultSet row = select.executeQuery()) {
                    return row.next() ? row.getString(1) : "";
                  }
                }),
            text -> !text.isEmpty());
  }
}
