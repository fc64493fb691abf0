package dev.capstan.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.SequencedMap;

/** Measures the queue and its peers in turn, round after round, and writes the table. */
public final class QueueBenchmark {
  private QueueBenchmark() {}

  /**
   * Runs it.
   *
   * @param args how many rounds, a scratch folder, the folder of the peers' drivers, the file for
   *     the table, and optionally {@code capstan} to leave the peers out
   */
  public static void main(String[] args) throws IOException, SQLException {
    int rounds = Integer.parseInt(args[0]);
    Path scratch = Path.of(args[1]);
    Path peers = Path.of(args[2]);
    boolean alone = args.length > 4 && args[4].equals("capstan");
    Report report = new Report();
    try (Postgres postgres = new Postgres(scratch.resolve("postgres"))) {
      contenders(postgres, peers, Sizes.WARM_UP, alone)
          .forEach((name, round) -> measure(name, round, new Report()));
      for (int i = 1; i <= rounds; i++) {
        System.err.println("round " + i + " of " + rounds);
        contenders(postgres, peers, Sizes.FULL, alone)
            .forEach((name, round) -> measure(name, round, report));
      }
    }
    Files.writeString(Path.of(args[3]), report.table());
  }

  private static SequencedMap<String, Round> contenders(
      Postgres postgres, Path peers, Sizes sizes, boolean alone) {
    SequencedMap<String, Round> contenders = new LinkedHashMap<>();
    contenders.put("Capstan", new CapstanRound(postgres, sizes));
    if (!alone) {
      Path celery = peers.resolve("celery_queue.py");
      contenders.put("db-scheduler", new DbSchedulerRound(postgres, sizes));
      contenders.put("Celery, fsync always", new CeleryRound(celery, "always", sizes));
      contenders.put("Celery, fsync everysec", new CeleryRound(celery, "everysec", sizes));
    }
    return contenders;
  }

  private static void measure(String name, Round round, Report report) {
    try {
      for (Figure figure : round.measure()) {
        System.err.printf("  %s: %s %.2f%n", figure.subject(), figure.metric(), figure.value());
        report.add(figure);
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    } catch (Exception failure) {
      System.err.println(name + " did not run: " + failure);
      report.didNotRun(name, String.valueOf(failure.getMessage()));
    }
  }
}
