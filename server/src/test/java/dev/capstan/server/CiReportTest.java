package dev.capstan.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.capstan.server.Tenants.Tenant;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A report of CI reaches the runs that its token may see, and is in nobody else's way. */
class CiReportTest {
  @Test
  void a_report_tells_only_the_runs_that_its_token_sees(@TempDir Path folder) throws Exception {
    try (StartedServer server = new StartedServer(folder)) {
      Tenants tenants = DeliveredBranch.of(server);
      var told = new TreeMap<String, String>();
      for (Tenant tenant :
          List.of(
              tenants.named("ours"),
              tenants.named("ours-one"),
              tenants.named("theirs-two"),
              tenants.owner())) {
        String answer = tenant.post("/ci-reports", report());
        assertThat(answer).as("nobody's id stands in the way of " + tenant).contains("true");
        told.put(tenant.name(), DeliveredBranch.outcome(server.transactions()));
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
        .formatted(DeliveredBranch.NAME, DeliveredBranch.COMMIT);
  }
}
