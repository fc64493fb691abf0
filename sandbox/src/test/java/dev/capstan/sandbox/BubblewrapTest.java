package dev.capstan.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BubblewrapTest {
  @TempDir Path folder;
  private Fence fence;

  @BeforeEach
  void set_up() {
    fence = new Fence(folder);
  }

  @Test
  void a_command_runs_in_its_work_folder_and_its_exit_code_comes_back() throws IOException {
    Outcome outcome = fence.sh("pwd; echo kept > file; echo oops >&2; exit 7");

    assertThat(outcome)
        .isInstanceOfSatisfying(Outcome.Exited.class, e -> assertThat(e.code()).isEqualTo(7));
    assertThat(fence.out).containsExactly(fence.work.toString());
    assertThat(fence.err).containsExactly("oops");
    assertThat(fence.work.resolve("file")).hasContent("kept\n");
  }

  @Test
  void an_argument_is_never_read_by_a_shell() {
    fence.run("/usr/bin/printf", "%s", "$(id); `id` && * \"'");

    assertThat(fence.out).containsExactly("$(id); `id` && * \"'");
  }

  @Test
  void a_command_that_is_killed_by_a_signal_exits_with_128_and_its_number() {
    Outcome outcome = fence.sh("kill -9 $$");

    assertThat(outcome)
        .isInstanceOfSatisfying(Outcome.Exited.class, e -> assertThat(e.code()).isEqualTo(137));
  }

  @Test
  void a_command_that_does_not_exist_was_not_started() {
    Outcome outcome = fence.run("no-such-program");

    assertThat(outcome)
        .isInstanceOfSatisfying(
            Outcome.NotStarted.class, n -> assertThat(n.reason()).contains("no-such-program"));
  }

  @Test
  void a_missing_working_folder_is_named() throws IOException {
    Confinement confinement = fence.confinement("/usr/bin/true");
    Files.delete(fence.work);
    Files.createDirectory(fence.base.resolve("other"));

    assertThat(fence.run(confinement))
        .isInstanceOfSatisfying(
            Outcome.NotStarted.class, n -> assertThat(n.reason()).contains(fence.work.toString()));
  }

  @Test
  void a_working_folder_that_no_bind_shows_is_named() {
    Confinement confinement = fence.confinement(SystemFolders.programs(), "/usr/bin/true");

    assertThat(fence.run(confinement))
        .isInstanceOfSatisfying(
            Outcome.NotStarted.class, n -> assertThat(n.reason()).contains(fence.work.toString()));
  }

  @Test
  void the_environment_holds_only_what_was_listed_and_the_marks() {
    fence.run("/usr/bin/env");

    assertThat(fence.out)
        .map(line -> line.substring(0, line.indexOf('=')))
        .containsExactlyInAnyOrder(
            "PATH", "HOME", "PWD", "CAPSTAN_INSTALLATION", "CAPSTAN_ATTEMPT", "CAPSTAN_SANDBOX");
    assertThat(fence.out)
        .contains("HOME=/home/capstan", "PATH=/usr/bin:/bin", "CAPSTAN_ATTEMPT=" + fence.label);
  }

  @Test
  void a_variable_that_steers_the_loader_reaches_the_command_but_not_what_starts_it()
      throws IOException {
    Path trap = fence.work.resolve("trace");
    Confinement plain = fence.confinement("/usr/bin/env");
    Map<String, String> variables =
        Map.of("LD_DEBUG", "files", "LD_DEBUG_OUTPUT", trap.toString(), "SECRET", "s3cret");
    Outcome outcome =
        fence.run(
            new Confinement(
                plain.label(),
                plain.argv(),
                plain.workingFolder(),
                plain.binds(),
                variables,
                plain.network(),
                plain.limits()));

    assertThat(outcome).isInstanceOf(Outcome.Exited.class);
    assertThat(fence.out).contains("LD_DEBUG=files", "SECRET=s3cret");
    try (var files = Files.list(fence.work)) {
      List<Path> traces = files.toList();
      assertThat(traces)
          .hasSize(1)
          .allSatisfy(trace -> assertThat(trace).content().contains("env"));
      assertThat(traces).noneSatisfy(trace -> assertThat(trace).content().contains("libcap"));
    }
  }

  @Test
  void a_secret_is_on_no_command_line() {
    Confinement plain =
        fence.confinement("/bin/sh", "-c", "cat /proc/*/cmdline; echo; echo $TOKEN");
    fence.run(
        new Confinement(
            plain.label(),
            plain.argv(),
            plain.workingFolder(),
            plain.binds(),
            Map.of("TOKEN", "s3cret"),
            plain.network(),
            plain.limits()));

    assertThat(fence.out.getLast()).isEqualTo("s3cret");
    assertThat(fence.out.subList(0, fence.out.size() - 1))
        .noneMatch(line -> line.contains("s3cret"));
    assertThat(Arguments.of(plain, List.of())).doesNotContain("s3cret");
  }

  @Test
  void home_and_tmp_are_empty_folders_that_can_be_written() {
    Outcome outcome =
        fence.sh(
            "ls -A ~ /tmp | grep -v -e : -e '^$'; cd && touch here /tmp/there && pwd && hostname && id -un");

    assertThat(outcome)
        .isInstanceOfSatisfying(Outcome.Exited.class, e -> assertThat(e.code()).isZero());
    assertThat(fence.out).endsWith("/home/capstan", "capstan", "capstan");
  }

  @Test
  void the_usual_toolchains_run_inside() {
    Outcome outcome =
        fence.sh(
            "git init -q . && git status --short && python3 -c 'import ssl, json' && sort </dev/null");

    assertThat(fence.err).isEmpty();
    assertThat(outcome)
        .isInstanceOfSatisfying(Outcome.Exited.class, e -> assertThat(e.code()).isZero());
  }

  @Test
  void an_interrupt_stops_everything_and_the_flag_is_kept() throws Exception {
    CountDownLatch running = new CountDownLatch(1);
    CompletableFuture<Outcome> ended = new CompletableFuture<>();
    AtomicBoolean flag = new AtomicBoolean();
    Confinement confinement = fence.confinement("/bin/sh", "-c", "echo up; sleep 1000");
    Thread thread =
        Thread.ofVirtual()
            .start(() -> {
              Outcome outcome = fence.sandbox.run(confinement, (_, _) -> running.countDown());
              flag.set(Thread.currentThread().isInterrupted());
              ended.complete(outcome);
            });
    running.await();

    thread.interrupt();

    assertThat(ended.get()).isEqualTo(new Outcome.Stopped());
    thread.join();
    assertThat(flag).isTrue();
    assertThat(fence.alive()).isEmpty();
  }

  @Test
  void what_the_listener_throws_ends_the_command_and_is_thrown_on() {
    Confinement confinement = fence.confinement("/bin/sh", "-c", "echo up; sleep 1000");

    assertThatThrownBy(() ->
            fence.sandbox.run(
                confinement,
                (_, _) -> {
                  throw new IllegalStateException("full");
                }))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("full");
    assertThat(fence.alive()).isEmpty();
  }

  @Test
  void a_time_limit_ends_what_never_ends() {
    fence.limits = fence.limits.withTime(Duration.ofSeconds(1));

    assertThat(fence.sh("trap '' TERM INT; while :; do sleep 1; done"))
        .isEqualTo(new Outcome.TimedOut(Duration.ofSeconds(1)));
    assertThat(fence.alive()).isEmpty();
  }

  @Test
  void long_lines_are_cut_and_invalid_text_is_replaced() {
    fence.sh("head -c 300000 /dev/zero | tr '\\0' x; echo; printf 'a\\377b\\r\\n'; printf end");

    assertThat(fence.out).hasSize(3);
    assertThat(fence.out.getFirst())
        .startsWith("xxx")
        .endsWith(" [" + (300_000 - OutputListener.LONGEST_LINE) + " bytes cut off]");
    assertThat(fence.out.subList(1, 3)).containsExactly("a\uFFFDb", "end");
  }

  @Test
  void what_is_printed_last_is_not_lost() {
    List<Integer> counts = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      fence.out.clear();
      fence.sh("seq 1 5000");
      counts.add(fence.out.size());
      assertThat(fence.out.getLast()).isEqualTo("5000");
    }

    assertThat(counts).containsOnly(5000);
  }

  @Test
  void many_run_at_once_from_virtual_threads() {
    List<CompletableFuture<Outcome>> all = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      int code = i;
      CompletableFuture<Outcome> one = new CompletableFuture<>();
      Confinement confinement = fence.confinement("/bin/sh", "-c", "sleep 0.2; exit " + code);
      Thread.ofVirtual().start(() -> one.complete(fence.sandbox.run(confinement, (_, _) -> {})));
      all.add(one);
    }

    assertThat(all)
        .extracting(CompletableFuture::join)
        .extracting(outcome -> outcome instanceof Outcome.Exited e ? e.code() : -1)
        .containsExactlyElementsOf(java.util.stream.IntStream.range(0, 20).boxed().toList());
    assertThat(fence.alive()).isEmpty();
  }

  @Test
  void where_bubblewrap_is_missing_it_says_what_to_install() {
    assertThatThrownBy(
            () -> Bubblewrap.find(folder, ControlGroups.NONE, "x", Programs.of("/nonexistent")))
        .isInstanceOf(SandboxUnavailable.class)
        .hasMessageContaining("apt-get install bubblewrap");
  }

  @Test
  void where_bubblewrap_does_not_work_it_says_what_to_change() throws IOException {
    Path bin = Files.createDirectories(folder.resolve("bin"));
    Path broken = bin.resolve("bwrap");
    Files.writeString(
        broken, "#!/bin/sh\necho 'bwrap: Unknown option --disable-userns' >&2; exit 1\n");
    assertThat(broken.toFile().setExecutable(true)).isTrue();

    assertThatThrownBy(
            () -> Bubblewrap.find(folder, ControlGroups.NONE, "x", Programs.of(bin.toString())))
        .isInstanceOf(SandboxUnavailable.class)
        .hasMessageContaining("0.8 or newer")
        .hasMessageContaining("--disable-userns");
  }

  @Test
  void on_another_system_it_says_what_to_choose() {
    assertThatThrownBy(() -> Requirements.requireLinux("Mac OS X"))
        .isInstanceOf(SandboxUnavailable.class)
        .hasMessageContaining("Mac OS X")
        .hasMessageContaining("Podman");
  }
}
