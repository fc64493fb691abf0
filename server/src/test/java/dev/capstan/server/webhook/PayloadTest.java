package dev.capstan.server.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.capstan.server.rest.ApiException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

/** What bodies say, and what is made of those that say nothing. */
final class PayloadTest {
  private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");
  private static final List<String> REPOSITORIES =
      List.of(
          "https://github.com/acme/shop.git",
          "git@github.com:acme/shop.git",
          "https://github.com/acme/shop");

  private static Word github(String event) {
    return ((Reading.Said) GitHubEvents.read(event, Payloads.github(event), NOW)).word();
  }

  private static Reading github(String event, String from, String to) {
    String body = new String(Payloads.github(event), StandardCharsets.UTF_8);
    assertThat(body).contains(from);
    return GitHubEvents.read(event, bytes(body.replace(from, to)), NOW);
  }

  private static Reading gitlab(String event, String kind, String from, String to) {
    String body = new String(Payloads.gitlab(kind), StandardCharsets.UTF_8);
    assertThat(body).contains(from);
    return GitLabEvents.read(event, bytes(body.replace(from, to)), NOW);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static Word.Ci ci(
      String name, String conclusion, String url, String summary, String minute) {
    return new Word.Ci(
        REPOSITORIES,
        Payloads.BRANCH,
        Payloads.COMMIT,
        name,
        conclusion,
        url,
        summary,
        Instant.parse("2026-11-21T10:" + minute + ":00Z"));
  }

  @Test
  void what_github_says_of_ci_is_read() {
    assertThat(github("check_run"))
        .isEqualTo(
            ci(
                "check: build",
                "FAILED",
                "https://github.com/acme/shop/runs/128620228",
                "12 tests, 1 failed",
                "05"));
    assertThat(github("check_suite"))
        .isEqualTo(ci("check suite: GitHub Actions", "PASSED", "", "", "06"));
    assertThat(github("workflow_run"))
        .isEqualTo(
            ci(
                "workflow: CI",
                "PASSED",
                "https://github.com/acme/shop/actions/runs/30433642",
                "",
                "07"));
    assertThat(github("status"))
        .isEqualTo(
            ci("status: ci/jenkins", "FAILED", "https://ci.example/2", "Build finished", "08"));
  }

  @Test
  void what_github_says_of_a_merge_is_read_unless_it_comes_from_a_fork() {
    assertThat(github("pull_request"))
        .isEqualTo(
            new Word.Merge(
                REPOSITORIES, Payloads.BRANCH, "c4295bd74fb0f4fda03689c3df3f2803b658fd85"));
    assertThat(github("pull_request", "\"merged\": true", "\"merged\": false"))
        .isEqualTo(new Reading.Nothing("it was not merged"));
    String body = new String(Payloads.github("pull_request"), StandardCharsets.UTF_8);
    assertThat(
            github(
                "workflow_run",
                "\"head_repository\": {\n   \"full_name\": \"acme/shop\"",
                "\"head_repository\": {\n   \"full_name\": \"eve/shop\""))
        .isEqualTo(new Reading.Nothing("it comes from a fork"));
    String fork = body.replaceFirst("\"full_name\": \"acme/shop\"", "\"full_name\": \"eve/shop\"");
    assertThat(GitHubEvents.read("pull_request", bytes(fork), NOW))
        .isEqualTo(new Reading.Nothing("it comes from a fork"));
  }

  @Test
  void what_gitlab_says_is_read() {
    List<String> addresses =
        List.of(
            "https://gitlab.example.com/acme/shop.git",
            "git@gitlab.example.com:acme/shop.git",
            "https://gitlab.example.com/acme/shop");
    assertThat(GitLabEvents.read("Pipeline Hook", Payloads.gitlab("pipeline"), NOW))
        .isEqualTo(
            new Reading.Said(
                new Word.Ci(
                    addresses,
                    Payloads.BRANCH,
                    Payloads.COMMIT,
                    "pipeline: Pipeline for branch",
                    "FAILED",
                    "https://gitlab.example.com/acme/shop/-/pipelines/31",
                    "",
                    Instant.parse("2026-11-21T10:05:00Z"))));
    assertThat(GitLabEvents.read("Merge Request Hook", Payloads.gitlab("merge_request"), NOW))
        .isEqualTo(new Reading.Said(new Word.Merge(addresses, Payloads.BRANCH, Payloads.COMMIT)));
    assertThat(
            gitlab(
                "Merge Request Hook",
                "merge_request",
                "\"source_project_id\": 1",
                "\"source_project_id\": 7"))
        .isEqualTo(new Reading.Nothing("it comes from a fork"));
    assertThat(
            gitlab(
                "Pipeline Hook",
                "pipeline",
                "\"merge_request\": null",
                "\"merge_request\": {\"source_branch\": \"capstan/x\","
                    + " \"source_project_id\": 7, \"target_project_id\": 1}"))
        .isEqualTo(new Reading.Nothing("it comes from a fork"));
    assertThat(gitlab("Pipeline Hook", "pipeline", "\"tag\": false", "\"tag\": true"))
        .isEqualTo(new Reading.Nothing("it is about a tag"));
    assertThat(
            gitlab(
                "Pipeline Hook", "pipeline", "\"status\": \"failed\"", "\"status\": \"running\""))
        .isEqualTo(new Reading.Nothing("it has not completed"));
  }

  @Test
  void what_is_of_no_use_is_told_so() {
    assertThat(GitHubEvents.read("ping", Payloads.github("ping"), NOW))
        .isEqualTo(new Reading.Nothing("pong"));
    assertThat(GitHubEvents.read("push", bytes("{}"), NOW)).isInstanceOf(Reading.Nothing.class);
    assertThat(github("check_run", Payloads.BRANCH, "main"))
        .isEqualTo(new Reading.Nothing("the branch is none that Capstan has delivered"));
    assertThat(github("check_run", "\"action\": \"completed\"", "\"action\": \"created\""))
        .isEqualTo(new Reading.Nothing("it has not completed"));
  }

  @Test
  void a_body_without_what_is_needed_is_refused_and_says_what() {
    assertThatThrownBy(
            () -> GitHubEvents.read("check_run", bytes("{\"action\":\"completed\"}"), NOW))
        .isInstanceOf(ApiException.class)
        .hasMessage("the body has no check_run.head_sha");
    assertThatThrownBy(() -> github("check_run", Payloads.COMMIT, "abc"))
        .hasMessage("a commit is 40 or 64 hexadecimal digits");
  }

  @Test
  void texts_are_cut_to_one_valid_line() {
    Word.Ci word =
        (Word.Ci)
            ((Reading.Said)
                    github(
                        "check_run",
                        "\"name\": \"build\"",
                        "\"name\": \"a\\u0000b\\nc\\ud800" + "\\ud83d\\ude00".repeat(200) + '"'))
                .word();
    assertThat(word.name()).startsWith("check: a b c?").doesNotContain("\n").hasSizeLessThan(220);
    assertThat(bytes(word.name()))
        .isEqualTo(bytes(new String(bytes(word.name()), StandardCharsets.UTF_8)));
    assertThat(Word.web("javascript:alert(1)")).isEmpty();
  }

  @Test
  void what_is_stored_is_read_again() {
    for (Word word : List.of(github("check_run"), github("pull_request"))) {
      assertThat(Word.read(word.kind(), word.write())).isEqualTo(word);
    }
    assertThat(
            Word.read(
                "merge.v1", "{\"repositories\":[\"a\"],\"branch\":\"capstan/b\",\"commit\":\"c\"}"))
        .isEqualTo(new Word.Merge(List.of("a"), "capstan/b", "c"));
    assertThat(
            Word.read(
                "ci.v1",
                "{\"repositories\":[],\"branch\":\"b\",\"commit\":\"c\",\"name\":\"n\","
                    + "\"conclusion\":\"PASSED\",\"url\":\"u\",\"summary\":\"s\","
                    + "\"at\":\"2026-11-21T12:00:00Z\"}"))
        .isEqualTo(new Word.Ci(List.of(), "b", "c", "n", "PASSED", "u", "s", NOW));
  }

  // ---- anything at all

  @Property(tries = 1_000)
  void random_bytes_are_refused_or_of_no_use(@ForAll byte[] body, @ForAll("events") String event) {
    read(event, body);
  }

  @Property(tries = 3_000)
  void a_real_body_that_was_damaged_is_read_or_refused(
      @ForAll("events") String event, @ForAll long seed) {
    read(event, damaged(body(event), new Random(seed)));
  }

  @Property(tries = 50)
  void depth_and_huge_numbers_are_refused_or_of_no_use(@ForAll("events") String event) {
    for (String inner :
        List.of(
            "[".repeat(100_000),
            "{\"a\":".repeat(50_000),
            "9".repeat(100_000),
            "1e999999999",
            "-1e-999999999",
            "\"" + "x".repeat(1_000_000) + "\"")) {
      read(event, bytes("{\"action\":\"completed\",\"check_run\":" + inner + "}"));
      read(event, bytes("{\"object_attributes\":{\"id\":" + inner + "}}"));
    }
  }

  @Provide
  Arbitrary<String> events() {
    return Arbitraries.of(
        "check_run",
        "check_suite",
        "workflow_run",
        "status",
        "pull_request",
        "Pipeline Hook",
        "Merge Request Hook");
  }

  private static byte[] body(String event) {
    return switch (event) {
      case "Pipeline Hook" -> Payloads.gitlab("pipeline");
      case "Merge Request Hook" -> Payloads.gitlab("merge_request");
      default -> Payloads.github(event);
    };
  }

  /** A refusal is a value for the sender; anything else would be a fault of ours. */
  private static void read(String event, byte[] body) {
    try {
      Reading reading =
          event.endsWith("Hook")
              ? GitLabEvents.read(event, body, NOW)
              : GitHubEvents.read(event, body, NOW);
      if (reading instanceof Reading.Said(var word)) {
        assertThat(Word.isOurs(word.branch())).isTrue();
        assertThat(Word.read(word.kind(), word.write())).isEqualTo(word);
        assertThat(word.write()).doesNotContain("\u0000");
        if (word instanceof Word.Ci ci) {
          assertThat(ci.report().name()).isNotBlank();
        }
      }
    } catch (ApiException refused) {
      assertThat(refused).hasMessageNotContaining("Exception");
    }
  }

  /** Values are swapped for others of the wrong type; bytes are changed, doubled or left out. */
  private static byte[] damaged(byte[] body, Random random) {
    String text = new String(body, StandardCharsets.UTF_8);
    List<String> values =
        List.of(
            "null",
            "{}",
            "[]",
            "[[1]]",
            "true",
            "-1",
            "1e400",
            "\"\"",
            "\"\\u0000\"",
            "\"\\ud800\"");
    String[] parts = text.split("(?<=: )", -1);
    for (int i = 0; i < 1 + random.nextInt(3); i++) {
      int at = 1 + random.nextInt(parts.length - 1);
      String value = values.get(random.nextInt(values.size()));
      parts[at] = parts[at].replaceFirst("^(\"[^\"]*\"|[a-z0-9]+)", value.replace("\\", "\\\\"));
    }
    byte[] changed = bytes(String.join("", parts));
    for (int i = 0; i < random.nextInt(3); i++) {
      changed[random.nextInt(changed.length)] = (byte) random.nextInt(256);
    }
    return changed;
  }
}
