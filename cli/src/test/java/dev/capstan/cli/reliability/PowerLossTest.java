package dev.capstan.cli.reliability;

import static org.assertj.core.api.Assertions.assertThat;

import dev.capstan.core.RunId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/**
 * Power that fails, as far as it can be played: every process of a data folder is stopped at a
 * random instant, the folder is copied as it is then, and the run goes on in the copy, at the same
 * place.
 */
@Tag("slow")
final class PowerLossTest {
  private static final int ROUNDS = 4;

  @Test
  void a_run_completes_in_a_copy_of_the_folder_taken_at_a_random_instant(
      @TempDir(cleanup = CleanupMode.ON_SUCCESS) Path folder) throws Exception {
    long seed = Long.getLong("capstan.seed", new Random().nextLong());
    System.out.println("seed " + seed + ", in " + folder);
    try (Installation installation = Installation.in(folder)) {
      loseSeveralTimes(installation, new Random(seed));
    }
  }

  private static void loseSeveralTimes(Installation installation, Random random) throws Exception {
    List<String> command = installation.run(installation.project().plan(1, random));
    int losses = 0;
    while (losses < ROUNDS) {
      CapstanProcess process = installation.start(command);
      Duration instant = Duration.ofMillis(random.nextInt(3_000));
      boolean accepted =
          process.reaches(process::answers)
              && (losses > 0 || process.reaches(() -> process.output().contains("created with")));
      if (!accepted || !process.outlives(instant)) {
        break; // it was done before the power failed
      }
      loseMachine(installation, process);
      losses++;
      System.out.println("power lost " + losses + " times");
      command = List.of("resume");
    }
    CapstanProcess last = installation.start(List.of("resume"));
    assertThat(last.exit()).as(last.output()).isZero();
    assertThat(losses).isPositive();
    inspect(installation);
  }

  private static void inspect(Installation installation) throws Exception {
    String shown = installation.output("show", "--json");
    RunId run = Torment.idIn(shown);
    assertThat(shown).containsPattern("\"status\"\\s*:\\s*\"completed\"");
    Records records = Records.read(installation.data(), run);
    assertThat(new Inspection(installation.data()).of(records, run, 1)).isEmpty();
  }

  /** Stops everything of the folder, copies it, ends everything, and puts the copy in its place. */
  private static void loseMachine(Installation installation, CapstanProcess process)
      throws IOException, InterruptedException {
    Path data = installation.data();
    Path copy = data.resolveSibling("copy");
    List<Long> stopped = installation.processes().stopAll(process.pid());
    Shell.run(installation.logs(), "cp", "--archive", data.toString(), copy.toString());
    stopped.stream()
        .flatMap(pid -> ProcessHandle.of(pid).stream())
        .forEach(ProcessHandle::destroyForcibly);
    process.kill();
    Shell.run(installation.logs(), "rm", "--recursive", "--force", data.toString());
    Files.move(copy, data);
  }
}
