package dev.capstan.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.capstan.core.testkit.Fuzz;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/** Whatever is sent, or stands in a file, is taken in or refused with a word; nothing breaks. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(value = 10, unit = TimeUnit.MINUTES, threadMode = ThreadMode.SEPARATE_THREAD)
class IntakeFuzzTest {
  private static final String SECRET = "a secret of the webhook";

  @TempDir static Path folder;
  private StartedServer server;

  @BeforeAll
  void start() throws Exception {
    server =
        new StartedServer(
            folder,
            Map.of(
                "CAPSTAN_WEBHOOK_SECRET_GITHUB", SECRET, "CAPSTAN_WEBHOOK_SECRET_GITLAB", SECRET));
  }

  @AfterAll
  void stop() {
    server.close();
  }

  /** Fails for an answer that is a breakdown, or a refusal without a word. */
  private void send(HttpRequest.Builder request) throws Exception {
    HttpResponse<String> answer = server.send(request);
    assertThat(answer.statusCode()).as(answer.body()).isLessThan(500);
    if (answer.statusCode() >= 400) {
      assertThat(JsonMapper.shared().readTree(answer.body()).path("detail").asString(""))
          .isNotBlank();
    }
  }

  private HttpRequest.Builder post(String path, byte[] body) {
    return server
        .request(path)
        .header("Content-Type", "application/json")
        .POST(BodyPublishers.ofByteArray(body));
  }

  private static List<String> seeds(String... names) throws Exception {
    List<String> seeds = new ArrayList<>();
    for (String name : names) {
      try (var in =
          Objects.requireNonNull(
              IntakeFuzzTest.class.getResourceAsStream("/webhook/" + name + ".json"))) {
        seeds.add(
            new String(in.readAllBytes(), StandardCharsets.UTF_8)
                .replace("@BRANCH@", "capstan/x")
                .replace("@COMMIT@", "a".repeat(40)));
      }
    }
    return seeds;
  }

  @Test
  void signed_webhooks_of_github() throws Exception {
    for (String event : List.of("check_run", "status", "pull_request")) {
      Fuzz.run(
          body -> {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(SECRET.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            send(
                post("/webhooks/github", body)
                    .header("X-GitHub-Event", event)
                    .header("X-GitHub-Delivery", "delivery")
                    .header(
                        "X-Hub-Signature-256",
                        "sha256=" + HexFormat.of().formatHex(mac.doFinal(body))));
          },
          NoEdge.class,
          seeds("github-" + event));
    }
  }

  @Test
  void webhooks_of_gitlab() throws Exception {
    Fuzz.run(
        body ->
            send(
                post("/webhooks/gitlab", body)
                    .header("X-Gitlab-Event", "Pipeline Hook")
                    .header("X-Gitlab-Event-UUID", "delivery")
                    .header("X-Gitlab-Token", SECRET)),
        NoEdge.class,
        seeds("gitlab-pipeline"));
  }

  @Test
  void events_and_reports_of_ci() {
    Fuzz.run(
        body -> send(post("/events", body)),
        NoEdge.class,
        List.of("{\"id\":\"a/1\",\"type\":\"pushed\",\"payload\":{\"project\":\"shop\"}}"));
    Fuzz.run(
        body -> send(post("/ci-reports", body)),
        NoEdge.class,
        List.of(
            """
            {"id": "1", "repository": "https://forge.invalid/x.git", "branch": "capstan/x",
             "commit": "%s", "name": "build", "conclusion": "failed", "url": "", "tests": "1",
             "failed": "", "skipped": ""}\
            """
                .formatted("a".repeat(40))));
  }

  @Test
  void triggers() {
    Path file = folder.resolve("triggers.yaml");
    Fuzz.run(
        text -> {
          Files.write(file, text);
          send(server.request("/triggers").GET());
        },
        NoEdge.class,
        List.of(
            """
            triggers:
              - name: nightly
                every: 7d
                project: shop
                template: tidy
                set: {goal: x}
              - name: pushed
                on: pushed
                where: {branch: main}
                project: "{project}"
                template: tidy
            """));
  }

  @Test
  void the_configuration(@TempDir Path own) {
    Path file = own.resolve("capstan.yaml");
    Fuzz.run(
        text -> {
          Files.write(file, text);
          Configuration.of(Optional.of(file), Map.of(), Map.of());
        },
        InvalidSetting.class,
        List.of(
            """
            data: /srv/capstan
            listen: 127.0.0.1:8443
            limits:
              bodyKb: 1024
            sandbox:
              allow: [mirror.example.org]
            oidc:
              issuer: https://login.example.org
              grants: [a=admin, b=reader@c/d]
            """));
  }

  /** Nothing may be thrown. */
  private static final class NoEdge extends Exception {
    private static final long serialVersionUID = 1;
  }
}
