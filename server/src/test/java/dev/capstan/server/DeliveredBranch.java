package dev.capstan.server;

import static org.awaitility.Awaitility.await;

import dev.capstan.postgres.database.Transactions;
import dev.capstan.server.Tenants.Tenant;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.time.Duration;
import java.util.List;

/** One branch of one repository, which runs of two organisations have delivered. */
final class DeliveredBranch {
  static final String NAME = "capstan/same-branch";
  static final String COMMIT = "a".repeat(40);

  private DeliveredBranch() {}

  /** Makes {@code ours} and {@code theirs}, each with two projects, and a run of each. */
  static Tenants of(StartedServer server) {
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
    return tenants;
  }

  private static void delivered(Transactions transactions, String run) {
    transactions.inTransaction(connection -> {
      try (PreparedStatement insert =
          connection.prepareStatement(
              "insert into outbox (key, run_id, kind, detail) values (?, ?, 'push', ?)")) {
        insert.setString(1, run);
        insert.setString(2, run);
        insert.setString(3, NAME + " " + COMMIT);
        return insert.executeUpdate();
      }
    });
  }

  /** What became of the newest message: a run that was cancelled is asked, and says no. */
  static String outcome(Transactions transactions) {
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
