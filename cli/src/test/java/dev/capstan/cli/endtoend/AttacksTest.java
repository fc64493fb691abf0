package dev.capstan.cli.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.capstan.api.RunView;
import dev.capstan.api.RunView.AttemptView;
import dev.capstan.api.RunView.ViolationView;
import dev.capstan.cli.view.RunText;
import dev.capstan.cli.view.Terminal;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Commands that mean harm: nothing happens outside, and the run ends with a clear word. */
@Execution(ExecutionMode.CONCURRENT)
@ExtendWith(ProductExtension.class)
class AttacksTest {
  private final Product product;

  AttacksTest(Product product) {
    this.product = product;
  }

  @Test
  void an_evil_git_folder_runs_nothing_on_the_host() {
    Path marker = product.newFolder("marker").resolve("touched");

    RunView run =
        product.carryOut(
            product.repository(),
            StepDraft.shell(
                    "evil",
                    """
                    rm -rf .git && git init -q . && cat >> .git/config <<END
                    [core]
                      fsmonitor = "touch MARKER; false"
                      hooksPath = $PWD/.git/hooks
                      sshCommand = touch MARKER
                      pager = touch MARKER
                      editor = touch MARKER
                    [filter "evil"]
                      clean = touch MARKER
                      smudge = touch MARKER
                      process = touch MARKER
                    [diff]
                      external = touch MARKER
                    [uploadpack]
                      packObjectsHook = touch MARKER
                    END
                    for hook in pre-commit post-commit post-checkout post-index-change reference-transaction pre-push pre-receive update post-update; do
                      printf '#!/bin/sh\\ntouch MARKER\\n' > .git/hooks/$hook; chmod +x .git/hooks/$hook
                    done
                    echo '* filter=evil diff=evil' > .gitattributes
                    mkdir -p .git/info && echo '* filter=evil' > .git/info/attributes
                    echo hello you > src/greeting.txt
                    """
                        .replace("MARKER", marker.toString()))
                .judge(".gitattributes")
                .step());

    assertThat(marker).doesNotExist();
    assertThat(run.status()).as(run.reason()).isEqualTo("completed");
    assertThat(product.client().diff(run.id(), "")).contains("hello you");
    assertThat(marker).doesNotExist();
  }

  @Test
  void a_link_in_place_of_the_git_folder_leads_nowhere() throws IOException {
    Path outside = product.newFolder("outside");
    Files.writeString(outside.resolve("config"), "[core]\n  bare = true\n");

    RunView run =
        product.carryOut(
            product.repository(),
            StepDraft.shell(
                    "evil",
                    "rm -rf .git && ln -s "
                        + outside
                        + " .git && echo hello you > src/greeting.txt")
                .step());

    assertThat(run.status()).as(run.reason()).isEqualTo("completed");
    assertThat(outside).isDirectoryNotContaining(path -> !path.endsWith("config"));
    assertThat(outside.resolve("config")).hasContent("[core]\n  bare = true\n");
  }

  @Test
  void a_link_out_of_the_clone_is_refused() throws IOException {
    Path outside = product.newFolder("outside");
    Files.writeString(outside.resolve("secret.txt"), "a secret");

    AttemptView attempt =
        refused(
            StepDraft.shell(
                "link",
                "ln -s " + outside + " src/way && cat src/way/secret.txt; rm -rf src/way/*; true"));

    assertThat(attempt.violations())
        .extracting(ViolationView::category)
        .containsOnly("UNEXPECTED_FILE");
    assertThat(attempt.violations().getFirst().subject()).contains("src/way");
    assertThat(outside.resolve("secret.txt")).hasContent("a secret");
  }

  @Test
  void a_folder_to_be_prepared_behind_a_link_is_neither_read_nor_written() throws IOException {
    Path outside = product.newFolder("outside");
    Files.createDirectories(outside.resolve("keys"));
    Files.writeString(outside.resolve("keys/secret.txt"), "a secret");

    RunView run =
        product.carryOut(
            product.repository(),
            StepDraft.shell(
                    "prepare",
                    """
                    ln -s OUTSIDE way
                    mkdir .capstan
                    cat > .capstan/config.yaml <<END
                    toolchain:
                      prepared: [way/keys, way/made]
                      set_up:
                        - [sh, -c, "rm way; mkdir -p way/made; touch way/made/planted; rm -r way; ln -s OUTSIDE way"]
                      measure:
                        - run: [make, -s, test]
                          output: stdout.tap
                      reports: [/capstan/reports/stdout.tap]
                    END
                    """
                        .replace("OUTSIDE", outside.toString()))
                .judge(".capstan/**")
                .step());

    assertThat(run.status()).isEqualTo("blocked");
    try (var kept = Files.walk(product.data().resolve("caches"))) {
      assertThat(kept.filter(path -> path.endsWith("secret.txt"))).isEmpty();
    }
    assertThat(outside.resolve("made")).doesNotExist();
  }

  @Test
  void a_configuration_that_a_change_writes_has_neither_network_nor_variables() throws IOException {
    try (ServerSocket server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      server.setSoTimeout(1);
      RunView run =
          product.carryOut(
              product.repository(),
              StepDraft.shell(
                      "configure",
                      """
                      mkdir .capstan
                      cat > .capstan/config.yaml <<END
                      toolchain:
                        environment: [VARIABLE]
                        set_up:
                          - [sh, -c, "printenv VARIABLE || echo absent"]
                          - [node, -e, "require('net').connect(PORT, '127.0.0.1')"]
                        measure:
                          - run: [make, -s, test]
                            output: stdout.tap
                        reports: [/capstan/reports/stdout.tap]
                      END
                      """
                          .replace("VARIABLE", variableOfOurs())
                          .replace("PORT", String.valueOf(server.getLocalPort())))
                  .judge(".capstan/**")
                  .step());

      assertThat(run.steps().getFirst().status()).isEqualTo("needs_qa");
      assertThat(run.steps().getFirst().detail()).contains("without the network");
      assertThat(product.printed(run.id()))
          .contains("absent")
          .anyMatch(line -> line.contains("ECONNREFUSED"));
      assertThatThrownBy(server::accept).isInstanceOf(SocketTimeoutException.class);
    }
  }

  @Test
  void a_change_of_what_is_depended_on_has_no_network() {
    Repository repository = product.repository();
    repository.write("dependencies.txt", "one\n");
    repository.write(
        ".capstan/config.yaml",
        """
        toolchain:
          set_up:
            - [node, -e, "const out = new URL(process.env.HTTPS_PROXY || 'http://127.0.0.1:9'); require('net').connect(out.port, out.hostname, () => process.exit(0))"]
          measure:
            - run: [make, -s, test]
              output: stdout.tap
          reports: [/capstan/reports/stdout.tap]
          fingerprint: [dependencies.txt]
        """);
    repository.commit("build: depend on one");

    RunView run =
        product.carryOut(repository, StepDraft.shell("two", "echo two >> dependencies.txt").step());

    assertThat(run.baseline()).contains("built"); // its set-up has the one way out
    assertThat(run.steps().getFirst().status()).isEqualTo("needs_qa");
    assertThat(run.steps().getFirst().detail()).contains("without the network");
  }

  @Test
  void a_name_with_a_line_break_and_an_escape_is_shown_visibly() {
    RunView run =
        product.carryOut(
            product.repository(),
            StepDraft.shell(
                    "name",
                    "touch \"$(printf 'bad\\nname\\033[2Jx')\"; printf 'out\\033]0;title\\007\\n'")
                .scope("src/")
                .step());

    AttemptView attempt = run.steps().getFirst().attempts().getFirst();
    assertThat(run.status()).isEqualTo("blocked");
    assertThat(attempt.violations().getFirst().subject()).isEqualTo("bad\nname\033[2Jx");
    Terminal terminal =
        new Terminal(
            new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8),
            false,
            false);
    List<String> shown = new RunText(terminal, "").full(run, Instant.now());
    assertThat(shown).anyMatch(line -> line.contains("bad␊name␛[2Jx"));
    assertThat(shown).noneMatch(line -> line.contains("\033") || line.contains("\n"));
    assertThat(product.printed(run.id())).contains("out\033]0;title\007");
    assertThat(product.client().report(run.id(), "html")).doesNotContain("\033");
    assertThat(product.client().report(run.id(), "md")).doesNotContain("\033");
  }

  @Test
  void a_process_left_behind_is_ended() {
    String mark = Processes.newMark();

    RunView run =
        product.carryOut(
            product.repository(),
            StepDraft.shell(
                    "daemon",
                    "setsid nohup sleep MARK >/dev/null 2>&1 & (setsid sleep MARK &) ; echo hello you > src/greeting.txt"
                        .replace("MARK", mark))
                .step());

    assertThat(run.status()).as(run.reason()).isEqualTo("completed");
    assertThat(Processes.sleeping(mark)).isEmpty();
  }

  @Test
  void too_much_memory_ends_the_command() {
    AttemptView attempt =
        refused(
            StepDraft.of(
                "fill",
                "node",
                "-e",
                "const all = []; while (true) all.push(Buffer.alloc(16 << 20, 1))"));

    assertThat(attempt.failure()).contains("limit on memory exceeded");
    assertThat(attempt.violations()).extracting(ViolationView::category).containsExactly("LIMIT");
  }

  @Test
  void too_much_on_disk_ends_the_command() {
    AttemptView attempt =
        refused(
            StepDraft.shell(
                "fill", "i=0; while :; do i=$((i+1)); head -c 20000000 /dev/zero > file$i; done"));

    assertThat(attempt.failure()).contains("limit on disk exceeded");
    assertThat(attempt.violations()).extracting(ViolationView::category).containsExactly("LIMIT");
  }

  @Test
  void a_server_on_loopback_is_out_of_reach() throws IOException {
    try (ServerSocket server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      server.setSoTimeout(1);
      RunView run =
          product.carryOut(
              product.repository(),
              StepDraft.of(
                      "call",
                      "node",
                      "-e",
                      "require('net').connect(%d, '127.0.0.1', () => process.exit(0)).on('error', e => { console.log(e.code); process.exit(7) })"
                          .formatted(server.getLocalPort()))
                  .step());

      assertThat(run.steps().getFirst().attempts().getFirst().failure())
          .isEqualTo("node ended with exit code 7");
      assertThat(product.printed(run.id())).contains("ECONNREFUSED");
      assertThatThrownBy(server::accept).isInstanceOf(SocketTimeoutException.class);
    }
  }

  @Test
  void secrets_of_the_host_and_of_other_runs_are_not_there() {
    RunView other =
        product.carryOut(
            product.repository(),
            StepDraft.shell("greet", "echo hello you > src/greeting.txt").step());
    String data = product.data().toString();

    RunView run =
        product.carryOut(
            product.repository(),
            StepDraft.shell(
                    "spy",
                    """
                    for place in /etc/shadow DATA/endpoint.json DATA/artifacts DATA/forge DATA/postgres DATA/logs DATA/work /root $HOME /home; do
                      if [ -r "$place" ] && [ -n "$(ls -A "$place" 2>/dev/null)" ]; then echo "reads $place: $(ls -A "$place")"; fi
                    done
                    ls -d DATA/* DATA/mirrors/* DATA/work/* 2>/dev/null
                    ls ..
                    env
                    echo hello you > src/greeting.txt
                    """
                        .replace("DATA", data))
                .environment("PASSED_ON")
                .step());

    List<String> printed = product.printed(run.id());
    assertThat(run.status()).as(run.reason()).isEqualTo("completed");
    // of the folder of work there is only the clone itself
    assertThat(printed)
        .noneMatch(line ->
            line.startsWith("reads ")
                && !line.contains(run.id())
                && !line.equals("reads /home: capstan"));
    assertThat(printed).noneMatch(line -> line.contains(other.project()));
    assertThat(printed).noneMatch(line -> line.endsWith("endpoint.json"));
    assertThat(printed).contains("PASSED_ON=a value of the host");
    assertThat(printed).noneMatch(line -> line.startsWith("CAPSTAN_MEMORY"));
  }

  @Test
  void a_command_that_never_ends_is_ended() {
    String mark = Processes.newMark();

    AttemptView attempt = refused(StepDraft.of("wait", "sleep", mark).timeLimit(1));

    assertThat(attempt.failure()).contains("still running after 1 s");
    assertThat(attempt.violations())
        .extracting(ViolationView::category)
        .containsExactly("TIME_OUT");
    assertThat(Processes.sleeping(mark)).isEmpty();
  }

  @Test
  @Tag("slow")
  void fifty_megabytes_of_output_are_survived() {
    RunView run =
        product.carryOut(
            product.repository(),
            StepDraft.shell(
                    "talk",
                    "yes 'a line that says little' | head -c 50000000; echo hello you > src/greeting.txt")
                .step());

    assertThat(run.status()).as(run.reason()).isEqualTo("completed");
    assertThat(product.client().artifacts(run.id()))
        .filteredOn(artifact -> artifact.name().equals("engine.log"))
        .singleElement()
        .satisfies(log -> assertThat(log.bytes()).isBetween(8_000_000L, 9_000_000L));
    assertThat(product.client().activity(run.id()).toList()).isNotEmpty();
    assertThat(product.printed(run.id()))
        .hasSizeLessThan(25_000)
        .anyMatch(line -> line.contains("further lines were not recorded"));
  }

  /** One that the sandbox does not set itself. */
  private static String variableOfOurs() {
    return System.getenv().keySet().stream()
        .filter(name -> name.matches("[A-Z][A-Z_]*"))
        .filter(name -> !name.matches("PATH|HOME|PWD|SHLVL|TMPDIR|TERM|USER|JAVA_.*|LANG|LC_.*"))
        .findFirst()
        .orElseThrow();
  }

  private AttemptView refused(StepDraft step) {
    RunView run = product.carryOut(product.repository(), step.step());
    assertThat(run.status()).as(run.reason()).isEqualTo("blocked");
    return run.steps().getFirst().attempts().getFirst();
  }
}
