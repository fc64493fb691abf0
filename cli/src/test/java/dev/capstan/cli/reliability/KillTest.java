package dev.capstan.cli.reliability;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/**
 * The real program on a real repository, killed at random. The number of kills is the system
 * property {@code capstan.kills}, the seed {@code capstan.seed}.
 */
@Tag("slow")
final class KillTest {
  @Test
  void runs_complete_with_nothing_lost_or_doubled_whenever_the_process_is_killed(
      @TempDir(cleanup = CleanupMode.ON_SUCCESS) Path folder) throws Exception {
    int kills = Integer.getInteger("capstan.kills", 20);
    long seed = Long.getLong("capstan.seed", new Random().nextLong());
    System.out.println("seed " + seed + ", in " + folder);

    try (Installation installation = Installation.in(folder)) {
      Tally tally = new Torment(installation, new Random(seed), kills).untilDone();

      System.out.println("FIGURE " + tally);
      assertThat(tally.complaints()).isEmpty();
      assertThat(tally.kills()).isGreaterThanOrEqualTo(kills);
      assertThat(tally.runs()).isPositive();
    }
  }
}
