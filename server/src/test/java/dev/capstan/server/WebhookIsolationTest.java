package dev.capstan.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Who knows the secret of one organisation's webhooks says nothing of another's repositories. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class WebhookIsolationTest {
  private static final String OURS = "our secret of GitHub".replace(' ', '-');
  private static final String THEIRS = "their secret of GitHub".replace(' ', '-');
  private static final String ALL = "the secret of the installation";
  private static final String GITLAB = "our secret of GitLab".replace(' ', '-');

  @TempDir static Path folder;
  private StartedServer server;
  private int delivery;

  @BeforeAll
  void start() throws Exception {
    server =
        new StartedServer(
            folder,
            Map.of(
                "CAPSTAN_WEBHOOK_SECRET_GITHUB",
                ALL,
                "CAPSTAN_WEBHOOK_SECRETS",
                "ours/github=%s, theirs/github=%s, ours/gitlab=%s"
                    .formatted(OURS, THEIRS, GITLAB)));
    DeliveredBranch.of(server);
  }

  @AfterAll
  void stop() {
    server.close();
  }

  private static String failure() {
    return """
    {"sha": "%s", "state": "failure", "context": "build", "description": "",
     "branches": [{"name": "%s"}], "target_url": "", "updated_at": "2026-11-21T10:05:00Z",
     "repository": {"full_name": "acme/x", "clone_url": "https://forge.invalid/x.git"}}\
    """
        .formatted(DeliveredBranch.COMMIT, DeliveredBranch.NAME);
  }

  /** The same words, signed so. */
  private HttpResponse<String> github(String secret, String query) throws Exception {
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
    byte[] body = failure().getBytes(StandardCharsets.UTF_8);
    return server.send(
        server
            .request("/webhooks/github" + query)
            .header("Content-Type", "application/json")
            .header("X-GitHub-Event", "status")
            .header("X-GitHub-Delivery", "delivery-" + ++delivery)
            .header("X-Hub-Signature-256", "sha256=" + HexFormat.of().formatHex(mac.doFinal(body)))
            .POST(BodyPublishers.ofByteArray(body)));
  }

  @Test
  void a_webhook_tells_the_runs_of_the_organisation_whose_secret_it_was_signed_with()
      throws Exception {
    Map<String, String> told = new TreeMap<>();
    for (var one :
        Map.of("?organisation=ours", OURS, "?organisation=theirs", THEIRS, "", ALL).entrySet()) {
      HttpResponse<String> answer = github(one.getValue(), one.getKey());
      assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
      assertThat(answer.body()).as("nobody's words stand in the way of another's").contains("true");
      told.put(one.getKey(), DeliveredBranch.outcome(server.transactions()));
    }

    assertThat(told.get("?organisation=ours"))
        .contains("run-of-ours-one", "run-of-ours-two")
        .doesNotContain("theirs");
    assertThat(told.get("?organisation=theirs"))
        .contains("run-of-theirs-one")
        .doesNotContain("ours");
    assertThat(told.get("")).contains("run-of-ours-one", "run-of-theirs-one");
  }

  @Test
  void a_secret_is_good_for_its_own_organisation_and_its_own_forge_alone() throws Exception {
    for (var one :
        Map.of(
                OURS,
                "?organisation=theirs",
                THEIRS,
                "",
                ALL,
                "?organisation=ours",
                GITLAB,
                "?organisation=ours",
                "made up",
                "?organisation=nobody")
            .entrySet()) {
      HttpResponse<String> answer = github(one.getKey(), one.getValue());
      assertThat(answer.statusCode()).as(answer.body()).isEqualTo(401);
      assertThat(answer.body()).doesNotContain(OURS, THEIRS, ALL, GITLAB);
    }
    assertThat(github(OURS, "?organisation=ours&organisation=theirs").statusCode()).isEqualTo(400);
  }

  @Test
  void a_token_of_gitlab_is_good_for_its_organisation_alone() throws Exception {
    for (var one : Map.of("?organisation=ours", 202, "?organisation=theirs", 401).entrySet()) {
      var answer =
          server.send(
              server
                  .request("/webhooks/gitlab" + one.getKey())
                  .header("Content-Type", "application/json")
                  .header("X-Gitlab-Event", "Push Hook")
                  .header("X-Gitlab-Event-UUID", "push")
                  .header("X-Gitlab-Token", GITLAB)
                  .POST(BodyPublishers.ofString("{}")));
      assertThat(answer.statusCode()).as(answer.body()).isEqualTo(one.getValue());
    }
  }
}
