package dev.capstan.cli.reliability;

import static org.assertj.core.api.Assertions.assertThat;

import dev.capstan.core.RunId;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** PostgreSQL killed under a Capstan that lives on. */
@Tag("slow")
final class PostgresKillTest {
  private static final int KILLS = 3;

  @Test
  void a_run_goes_on_when_only_the_database_is_killed(
      @TempDir(cleanup = CleanupMode.ON_SUCCESS) Path folder) throws Exception {
    long seed = Long.getLong("capstan.seed", new Random().nextLong());
    System.out.println("seed " + seed + ", in " + folder);
    try (Installation installation = Installation.in(folder)) {
      killSeveralTimes(installation, new Random(seed));
    }
  }

  private static void killSeveralTimes(Installation installation, Random random) throws Exception {
    CapstanProcess process =
        installation.start(installation.run(installation.project().plan(1, random)));
    assertThat(process.reaches(() -> process.output().contains("created with"))).isTrue();
    int kills = 0;
    while (kills < KILLS && process.outlives(Duration.ofMillis(random.nextInt(200, 1_500)))) {
      kills += killPostgres(installation);
      boolean lives = process.reaches(() -> !installation.processes().postgres().isEmpty());
      System.out.println("PostgreSQL killed " + kills + " times; Capstan lives: " + lives);
    }

    assertThat(process.exit()).as(process.output()).isZero();
    assertThat(kills).isPositive();
    String shown = installation.output("show", "--json");
    RunId run = Torment.idIn(shown);
    assertThat(shown).containsPattern("\"status\"\\s*:\\s*\"completed\"");
    Records records = Records.read(installation.data(), run);
    assertThat(new Inspection(installation.data()).of(records, run, 1)).isEmpty();
  }

  private static int killPostgres(Installation installation) throws Exception {
    List<FolderProcesses.Found> servers = installation.processes().postgres();
    servers.stream()
        .flatMap(found -> ProcessHandle.of(found.pid()).stream())
        .forEach(ProcessHandle::destroyForcibly);
    return servers.isEmpty() ? 0 : 1;
  }
}
