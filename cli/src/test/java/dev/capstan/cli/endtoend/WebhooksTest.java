package dev.capstan.cli.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.capstan.api.CiResult;
import dev.capstan.api.Endpoint;
import dev.capstan.api.PolicyChoice;
import dev.capstan.api.ProjectView;
import dev.capstan.api.RunView;
import dev.capstan.cli.session.Json;
import dev.capstan.cli.view.RunText;
import dev.capstan.cli.view.Terminal;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** What CI and forges say to a real server of a run that was really delivered. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class WebhooksTest {
  private static final String GITHUB = "a secret of sixteen or more";
  private static final byte[] KEY =
      "0123456789abcdef0123456789abcdef".getBytes(StandardCharsets.US_ASCII);
  private static final String GITLAB = "whsec_" + Base64.getEncoder().encodeToString(KEY);
  private static final Path PAYLOADS =
      Path.of(
          System.getProperty("basedir", "."),
          "..",
          "server",
          "src",
          "test",
          "resources",
          "webhook");

  private final Product product =
      new Product(
          Map.of("CAPSTAN_WEBHOOK_SECRET_GITHUB", GITHUB, "CAPSTAN_WEBHOOK_SECRET_GITLAB", GITLAB));
  private final HttpClient http = HttpClient.newHttpClient();
  private Endpoint endpoint;
  private int deliveries;

  @BeforeAll
  void find_the_server() throws IOException {
    endpoint =
        Json.MAPPER.readValue(
            Files.readString(product.data().resolve(Endpoint.FILE)), Endpoint.class);
  }

  @AfterAll
  void close() {
    http.close();
    product.close();
  }

  /** A run that has delivered, of a project that is then known by that address. */
  private RunView delivered(String source) {
    Repository shop = product.repository();
    RunView run =
        product.carryOut(shop, StepDraft.shell("one", "echo hello you > src/greeting.txt").step());
    assertThat(run.pullRequests()).as("%s", product.printed(run.id())).hasSize(1);
    product.client().register(new ProjectView(run.project(), source, 1));
    return run;
  }

  private static String branch(RunView run) {
    return "capstan/change-the-shop-" + run.id();
  }

  /** A body as it is published, about that branch and commit. */
  private static byte[] body(String name, RunView run, String commit) throws IOException {
    return Files.readString(PAYLOADS.resolve(name + ".json"))
        .replace("@BRANCH@", branch(run))
        .replace("@COMMIT@", commit)
        .getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] hmac(byte[] key, byte[] body) throws Exception {
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(key, "HmacSHA256"));
    return mac.doFinal(body);
  }

  private Map<String, String> signed(String event, byte[] body) throws Exception {
    byte[] key = GITHUB.getBytes(StandardCharsets.UTF_8);
    Map<String, String> headers = new TreeMap<>();
    headers.put("X-GitHub-Event", event);
    headers.put("X-GitHub-Delivery", "72d3162e-" + ++deliveries);
    headers.put("X-Hub-Signature-256", "sha256=" + HexFormat.of().formatHex(hmac(key, body)));
    return headers;
  }

  private static Map<String, String> signedByGitLab(String event, String id, byte[] body)
      throws Exception {
    String time = String.valueOf(Instant.now().getEpochSecond());
    byte[] start = (id + '.' + time + '.').getBytes(StandardCharsets.UTF_8);
    byte[] all = Arrays.copyOf(start, start.length + body.length);
    System.arraycopy(body, 0, all, start.length, body.length);
    return Map.of(
        "X-Gitlab-Event", event,
        "webhook-id", id,
        "webhook-timestamp", time,
        "webhook-signature", "v1," + Base64.getEncoder().encodeToString(hmac(KEY, all)));
  }

  private HttpResponse<String> post(String path, Map<String, String> headers, byte[] body)
      throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(endpoint.url() + "/api/v1" + path))
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofByteArray(body));
    headers.forEach(request::header);
    return http.send(request.build(), BodyHandlers.ofString());
  }

  private CiResult.Answer taken(HttpResponse<String> answer) {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
    return Json.MAPPER.readValue(answer.body(), CiResult.Answer.class);
  }

  private CiResult.Answer github(String event, byte[] body) throws Exception {
    return taken(post("/webhooks/github", signed(event, body), body));
  }

  @Test
  void github_says_that_ci_failed_then_passed_and_that_it_was_merged() throws Exception {
    RunView run = delivered("git@github.com:acme/shop.git");

    assertThat(github("check_run", body("github-check_run", run, run.tip())).taken()).isTrue();
    RunView failed = product.await(run.id(), one -> one.ci().equals("failed"));
    assertThat(failed.status()).isEqualTo("completed");
    assertThat(failed.heard())
        .containsExactly(
            "CI: check: build failed: 12 tests, 1 failed, https://github.com/acme/shop/runs/128620228");

    Terminal terminal =
        new Terminal(new PrintStream(OutputStream.nullOutputStream()), false, false);
    assertThat(String.join("\n", new RunText(terminal, "").full(failed, Instant.now())))
        .contains("completed  CI failed", "Heard since:\n  CI: check: build failed");

    String again =
        new String(body("github-check_run", run, run.tip()), StandardCharsets.UTF_8)
            .replace("\"conclusion\": \"failure\"", "\"conclusion\": \"success\"")
            .replace("10:05:00Z", "10:15:00Z");
    github("check_run", again.getBytes(StandardCharsets.UTF_8));
    product.await(run.id(), one -> one.ci().equals("passed"));

    github("pull_request", body("github-pull_request", run, run.tip()));
    RunView merged = product.await(run.id(), one -> one.heard().size() == 2);
    assertThat(merged.heard()).contains("the forge: " + branch(run) + " was merged by c4295bd74f");
    assertThat(product.eventTypes(run.id()))
        .endsWith("ci-reported.v1", "ci-reported.v1", "merged.v1");
    assertThat(report(run)).contains("Since then:", "was merged by");
  }

  private String report(RunView run) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(
                URI.create(endpoint.url() + "/api/v1/runs/" + run.id() + "/report.md"))
            .header("Authorization", "Bearer " + endpoint.token())
            .build();
    return http.send(request, BodyHandlers.ofString()).body();
  }

  @Test
  void a_delivery_that_comes_again_changes_nothing_under_whatever_id() throws Exception {
    RunView run = delivered("https://github.com/acme/shop");
    byte[] body = body("github-status", run, run.tip());
    Map<String, String> headers = signed("status", body);

    assertThat(taken(post("/webhooks/github", headers, body)).taken()).isTrue();
    product.await(run.id(), one -> one.ci().equals("failed"));
    List<String> before = product.eventTypes(run.id());

    assertThat(taken(post("/webhooks/github", headers, body)).note())
        .isEqualTo("it was taken in before");
    headers.put("X-GitHub-Delivery", "another");
    assertThat(taken(post("/webhooks/github", headers, body)).taken()).isFalse();
    settled(run);
    assertThat(product.eventTypes(run.id())).hasSize(before.size() + 1);
  }

  /** What was said before this has been told; messages are told in order. */
  private void settled(RunView run) throws Exception {
    CiResult marker = result("settled-" + ++deliveries, run, "passed");
    int reports = product.client().run(run.id()).heard().size();
    assertThat(taken(report(marker)).taken()).isTrue();
    product.await(run.id(), one -> one.heard().size() > reports);
  }

  private CiResult result(String id, RunView run, String conclusion) {
    String source =
        product.client().projects().stream()
            .filter(project -> project.id().equals(run.project()))
            .findFirst()
            .orElseThrow()
            .source();
    return new CiResult(id, source, branch(run), "0".repeat(40), id, conclusion, "", "12", "", "");
  }

  private HttpResponse<String> report(CiResult result) throws Exception {
    return post(
        "/ci-reports",
        Map.of("Authorization", "Bearer " + endpoint.token()),
        Json.MAPPER.writeValueAsBytes(result));
  }

  @Test
  void gitlab_is_believed_by_its_signature_only() throws Exception {
    RunView run = delivered("ssh://git@gitlab.example.com:2222/acme/shop.git");
    byte[] body = body("gitlab-pipeline", run, run.tip());

    assertThat(
            post(
                    "/webhooks/gitlab",
                    Map.of(
                        "X-Gitlab-Token",
                        GITLAB,
                        "X-Gitlab-Event",
                        "Pipeline Hook",
                        "X-Gitlab-Event-UUID",
                        "1"),
                    body)
                .statusCode())
        .isEqualTo(401);
    assertThat(
            taken(post("/webhooks/gitlab", signedByGitLab("Pipeline Hook", "u1", body), body))
                .taken())
        .isTrue();
    product.await(run.id(), one -> one.ci().equals("failed"));

    byte[] merge = body("gitlab-merge_request", run, run.tip());
    assertThat(
            taken(
                    post(
                        "/webhooks/gitlab",
                        signedByGitLab("Merge Request Hook", "u2", merge),
                        merge))
                .taken())
        .isTrue();
    product.await(run.id(), one -> one.heard().size() == 2);
  }

  @Test
  void what_is_said_of_another_commit_or_repository_marks_nothing() throws Exception {
    RunView run = delivered("https://github.com/acme/shop");

    github("check_run", body("github-check_run", run, "ab".repeat(20)));
    RunView told = product.await(run.id(), one -> one.heard().size() == 1);
    assertThat(told.ci()).isEmpty();
    assertThat(told.heard().getFirst()).contains("of another commit, ababababab");

    byte[] elsewhere =
        new String(body("github-check_suite", run, run.tip()), StandardCharsets.UTF_8)
            .replace("acme/shop", "eve/shop")
            .getBytes(StandardCharsets.UTF_8);
    assertThat(github("check_suite", elsewhere).taken()).isTrue();
    settled(run);
    assertThat(product.client().run(run.id()).ci()).isEmpty();
  }

  @Test
  void a_failing_ci_begins_a_run_that_fixes_it_once_where_policy_says_so() throws Exception {
    Repository shop = product.repository();
    shop.write("src/spaces.js", "export const one = 1;  \n");
    shop.commit("feat: count");
    Files.createDirectories(product.data().resolve("policies"));
    Files.writeString(
        product.data().resolve("policies/fixing.yaml"),
        "version: 1\nsummary: Fixes CI.\nextends: standard\nonCiFailure: fix\n");
    Files.createDirectories(product.data().resolve("templates"));
    Files.writeString(
        product.data().resolve("templates/fix-ci.yaml"),
        "version: 1\nsummary: Fix CI.\ngoal: Remove trailing whitespace\n");
    Files.writeString(
        product.data().resolve("triggers.yaml"),
        """
        triggers:
          - name: on-lint
            on: ci.failed
            where: {check: "ci: lint"}
            project: "{project}"
            template: task-list
            set: {path: NONE.md}
        """);
    String id = Product.newId();
    product.client().choosePolicy(new PolicyChoice("", "fixing"));
    RunView run;
    try {
      product.create(
          Product.request(
              id,
              shop.path().toString(),
              true,
              StepDraft.shell("one", "echo hello you > src/greeting.txt").step()));
      run = product.rest(id);
    } finally {
      product.client().choosePolicy(new PolicyChoice("", "standard"));
    }
    assertThat(run.pullRequests()).as("%s", product.printed(id)).hasSize(1);

    for (String name : List.of("build", "lint")) {
      CiResult failed =
          new CiResult(
              id + name,
              shop.path().toString(),
              branch(run),
              run.tip(),
              name,
              "failed",
              "",
              "",
              "",
              "");
      assertThat(taken(report(failed)).taken()).isTrue();
    }
    product.await(id, one -> one.heard().size() == 2);
    String fix =
        Awaitility.await()
            .atMost(Product.PATIENCE)
            .until(
                () ->
                    product.printed(id).stream()
                        .filter(line -> line.endsWith("is asked for to fix CI"))
                        .map(line -> line.split(" ", 3)[1])
                        .toList(),
                asked -> asked.size() == 1)
            .getFirst();
    Awaitility.await()
        .atMost(Product.PATIENCE)
        .until(() -> product.client().runs(50).stream().anyMatch(one -> one.id().equals(fix)));
    RunView fixing = product.rest(fix);
    assertThat(product.client().triggers())
        .singleElement()
        .satisfies(trigger -> assertThat(trigger.lastRuns()).hasSize(1));
    assertThat(fixing.baseCommit()).isEqualTo(run.tip());
    assertThat(fixing.status()).as("%s", product.printed(fix)).isEqualTo("completed");
  }

  @Test
  void without_a_good_signature_nothing_has_an_effect_and_nothing_is_our_fault() throws Exception {
    RunView run = delivered("https://github.com/acme/shop");
    List<String> before = product.eventTypes(run.id());
    Random random = new Random(7);
    byte[] real = body("github-check_run", run, run.tip());
    for (int i = 0; i < 60; i++) {
      byte[] body = real.clone();
      if (i % 3 == 0) {
        body = new byte[random.nextInt(2_000)];
        random.nextBytes(body);
      } else if (i % 3 == 1) {
        body[random.nextInt(body.length)] ^= 1;
      }
      Map<String, String> headers = signed("check_run", real);
      if (i % 3 == 2) {
        headers.put("X-Hub-Signature-256", "sha256=" + HexFormat.of().formatHex(hmac(KEY, body)));
      }
      assertThat(post("/webhooks/github", headers, body).statusCode()).isEqualTo(401);
      assertThat(post("/webhooks/gitlab", headers, body).statusCode()).isEqualTo(401);
    }
    for (int i = 0; i < 60; i++) {
      byte[] body = real.clone();
      for (int j = 0; j <= i / 10; j++) {
        body[random.nextInt(body.length)] = (byte) random.nextInt(256);
      }
      body =
          new String(body, StandardCharsets.ISO_8859_1)
              .replace(run.tip(), "0".repeat(40))
              .getBytes(StandardCharsets.ISO_8859_1);
      assertThat(post("/webhooks/github", signed("check_run", body), body).statusCode())
          .isIn(202, 400);
    }
    byte[] huge = new byte[(4 << 20) + 1];
    assertThat(post("/webhooks/github", signed("check_run", huge), huge).statusCode())
        .isEqualTo(400);
    assertThat(product.client().run(run.id()).ci()).isEmpty();
    assertThat(product.eventTypes(run.id())).startsWith(before.toArray(String[]::new));
  }

  @Test
  void a_report_of_ci_needs_a_token_and_says_what_is_wrong_with_it() throws Exception {
    byte[] good =
        Json.MAPPER.writeValueAsBytes(
            new CiResult("1", "r", "capstan/x", "0".repeat(40), "n", "passed", "", "", "", ""));
    assertThat(post("/ci-reports", Map.of(), good).statusCode()).isEqualTo(401);
    for (CiResult wrong :
        List.of(
            new CiResult("1", "r", "capstan/x", "0", "n", "passed", "", "", "", ""),
            new CiResult("1", "", "capstan/x", "0".repeat(40), "n", "passed", "", "", "", ""),
            new CiResult("1", "r", "capstan/x", "0".repeat(40), "", "passed", "", "", "", ""),
            new CiResult("a b", "r", "capstan/x", "0".repeat(40), "n", "passed", "", "", "", ""),
            new CiResult("1", "r", "capstan/x", "0".repeat(40), "n", "well", "", "", "", ""),
            new CiResult(
                "1", "r", "capstan/x", "0".repeat(40), "n", "passed", "", "many", "", ""))) {
      assertThat(report(wrong).statusCode()).as("%s", wrong).isEqualTo(400);
    }
    assertThat(
            taken(
                    report(
                        new CiResult(
                            "1", "r", "main", "0".repeat(40), "n", "passed", "", "", "", "")))
                .note())
        .contains("none that Capstan has delivered");
  }

  // ---- report.sh

  private record Ended(int code, String printed) {}

  /** The script as {@code capstan init} writes it, by a real bash. */
  private Ended script(Map<String, String> variables, String... arguments) throws Exception {
    Path folder = product.newFolder("ci");
    Path script = folder.resolve("report.sh");
    try (InputStream file =
        Objects.requireNonNull(WebhooksTest.class.getResourceAsStream("/init/report.sh"))) {
      Files.write(script, file.readAllBytes());
    }
    List<String> command = new ArrayList<>(List.of("bash", "-x", script.toString()));
    command.addAll(List.of(arguments));
    ProcessBuilder builder =
        new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true);
    builder
        .environment()
        .keySet()
        .removeIf(name -> name.matches("(CI|GIT|GITHUB|GITLAB|CAPSTAN|JENKINS)_?.*"));
    builder.environment().putAll(variables);
    Process process = builder.start();
    String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Ended(process.waitFor(), printed);
  }

  private Map<String, String> reaching(Map<String, String> variables) {
    Map<String, String> all = new TreeMap<>(variables);
    all.put("CAPSTAN_URL", endpoint.url() + "/");
    all.put("CAPSTAN_TOKEN", endpoint.token());
    return all;
  }

  @Test
  void the_script_reports_by_the_variables_of_each_ci_and_never_prints_the_token()
      throws Exception {
    RunView run = delivered("https://github.com/acme/shop");
    List<Map<String, String>> all =
        List.of(
            Map.of(
                "GITHUB_ACTIONS", "true",
                "GITHUB_SERVER_URL", "https://github.com",
                "GITHUB_REPOSITORY", "acme/shop",
                "GITHUB_REF_NAME", branch(run),
                "GITHUB_SHA", run.tip(),
                "GITHUB_WORKFLOW", "CI & \"more\"",
                "GITHUB_JOB", "test",
                "GITHUB_RUN_ID", "7",
                "CAPSTAN_TESTS", "12",
                "CAPSTAN_FAILED", "1"),
            Map.of(
                "GITLAB_CI", "true",
                "CI_PROJECT_URL", "https://github.com/acme/shop",
                "CI_COMMIT_REF_NAME", branch(run),
                "CI_COMMIT_SHA", run.tip(),
                "CI_JOB_NAME", "unit",
                "CI_JOB_URL", "https://gitlab.example.com/j/1",
                "CI_JOB_ID", "1"),
            Map.of(
                "JENKINS_URL", "https://jenkins.example.com",
                "GIT_URL", "git@github.com:acme/shop.git",
                "GIT_BRANCH", "origin/" + branch(run),
                "GIT_COMMIT", run.tip(),
                "JOB_NAME", "shop",
                "BUILD_URL", "https://jenkins.example.com/1/",
                "BUILD_TAG", "jenkins-shop-1"));
    for (Map<String, String> variables : all) {
      Ended ended = script(reaching(variables), "failed");
      assertThat(ended.code()).as(ended.printed()).isZero();
      assertThat(ended.printed()).contains("\"taken\":true").doesNotContain(endpoint.token());
    }
    RunView told = product.await(run.id(), one -> one.heard().size() == 3);
    assertThat(told.ci()).isEqualTo("failed");
    assertThat(told.heard())
        .contains(
            "CI: ci: CI & \"more\"/test failed: 12 tests, 1 failed,"
                + " https://github.com/acme/shop/actions/runs/7",
            "CI: ci: unit failed, https://gitlab.example.com/j/1",
            "CI: ci: shop failed, https://jenkins.example.com/1/");
    assertThat(script(reaching(all.getFirst()), "failed").printed())
        .contains("it was taken in before");
  }

  @Test
  void the_script_ends_badly_where_it_cannot_report_and_says_why() throws Exception {
    assertThat(script(Map.of(), "passed"))
        .satisfies(ended -> assertThat(ended.code()).isEqualTo(2))
        .satisfies(ended -> assertThat(ended.printed()).contains("CAPSTAN_URL is not set"));
    assertThat(script(reaching(Map.of()), "great").code()).isEqualTo(2);
    Map<String, String> wrong = new TreeMap<>(reaching(Map.of("CAPSTAN_RETRY_DELAY", "1")));
    wrong.put("CAPSTAN_TOKEN", "not-the-token");
    Ended refused = script(wrong, "passed", "build");
    assertThat(refused.code()).isNotZero();
    assertThat(refused.printed()).doesNotContain("not-the-token");
  }
}
