package dev.capstan.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LeftoversTest {
  @TempDir Path folder;

  @Test
  void only_those_that_are_abandoned_are_killed() throws Exception {
    String installation = "test-" + UUID.randomUUID();
    List<Process> started = new ArrayList<>();
    try {
      Process dead = marked(started, installation, "dead");
      Process live = marked(started, installation, "live");
      Process foreign = marked(started, "other-" + installation, "dead");
      Leftovers leftovers = new Leftovers(installation);

      assertThat(leftovers.find())
          .containsExactlyInAnyOrder(
              new Leftovers.Leftover(dead.pid(), "dead"),
              new Leftovers.Leftover(live.pid(), "live"));
      assertThat(leftovers.kill("dead"::equals))
          .containsExactly(new Leftovers.Leftover(dead.pid(), "dead"));

      assertThat(dead.waitFor()).isEqualTo(137);
      assertThat(live.isAlive()).isTrue();
      assertThat(foreign.isAlive()).isTrue();
    } finally {
      for (Process process : started) {
        process.destroyForcibly().waitFor();
      }
    }
  }

  @Test
  void what_a_leftover_started_goes_with_it_even_without_a_mark() throws Exception {
    Fence fence = new Fence(folder);
    String name = "unmarked" + System.nanoTime();
    Thread runner =
        Thread.ofVirtual()
            .start(() ->
                fence.sh(
                    "cp /bin/sleep %1$s; (env -i ./%1$s 1000 &); touch up; sleep 1000"
                        .formatted(name)));
    await().until(() -> fence.work.resolve("up").toFile().exists() && isRunning(name));

    assertThat(new Leftovers(Fence.INSTALLATION).kill(fence.label::equals)).isNotEmpty();

    assertThat(isRunning(name)).isFalse();
    assertThat(fence.alive()).isEmpty();
    runner.join();
  }

  @Test
  void everything_dies_with_a_killed_jvm() throws Exception {
    String label = "orphan-" + UUID.randomUUID();
    Process jvm = jvm(label);
    try (BufferedReader out = jvm.inputReader()) {
      assertThat(out.readLine()).isEqualTo("up");
      assertThat(labelled(label)).isNotEmpty();

      jvm.destroyForcibly().waitFor();

      await().untilAsserted(() -> assertThat(labelled(label)).isEmpty());
    } finally {
      jvm.destroyForcibly().waitFor();
    }
  }

  private Process jvm(String label) throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "-cp",
            System.getProperty("java.class.path"),
            Orphanage.class.getName(),
            folder.toString(),
            Fence.INSTALLATION,
            label)
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
  }

  @Test
  void a_sandbox_whose_first_process_was_not_seen_is_still_waited_for() throws Exception {
    Fence fence = new Fence(folder);
    String token = UUID.randomUUID().toString();
    List<String> command = new ArrayList<>(List.of("bwrap"));
    command.addAll(
        Arguments.of(fence.confinement("/bin/sh", "-c", "echo up; exec sleep 1000"), List.of()));
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().put(Marks.SANDBOX, token);
    Process outer = Spawner.start(builder);
    try (BufferedReader out = outer.inputReader(StandardCharsets.UTF_8)) {
      assertThat(out.readLine()).isEqualTo("up");
      assertThat(Remains.anyOf(token)).isTrue();

      outer.destroyForcibly().waitFor();

      await().until(() -> !Remains.anyOf(token));
      assertThat(Remains.anyOf(UUID.randomUUID().toString())).isFalse();
    } finally {
      outer.destroyForcibly().waitFor();
    }
  }

  private static List<Leftovers.Leftover> labelled(String label) {
    return new Leftovers(Fence.INSTALLATION)
        .find().stream().filter(leftover -> leftover.label().equals(label)).toList();
  }

  private static boolean isRunning(String name) {
    return ProcessHandle.allProcesses()
        .anyMatch(handle -> handle.info().command().orElse("").endsWith(name));
  }

  private static Process marked(List<Process> started, String installation, String label)
      throws IOException {
    ProcessBuilder builder = new ProcessBuilder("/bin/sleep", "1000");
    builder.environment().put(Marks.INSTALLATION, installation);
    builder.environment().put(Marks.ATTEMPT, label);
    Process process = builder.start();
    started.add(process);
    await().until(() -> !ProcessFiles.environment(ProcessFiles.process(process.pid())).isEmpty());
    return process;
  }
}
