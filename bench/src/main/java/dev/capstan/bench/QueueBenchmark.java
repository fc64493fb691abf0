package dev.capstan.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.UUID;

/** Measures the queue and its peers in turn, round after round, and writes the table. */
public final class QueueBenchmark {
  private QueueBenchmark() {}

  /**
   * Runs it.
   *
   * @param args how many rounds, a scratch folder in whose folder {@code peers} their programs lie,
   *     the folder of the peers' drivers, the file for the table, and optionally {@code capstan} to
   *     leave the peers out
   */
  public static void main(String[] args) throws IOException, SQLException {
    int rounds = Integer.parseInt(args[0]);
    Path scratch = Path.of(args[1]);
    Path peers = Path.of(args[2]);
    boolean alone = args.length > 4 && args[4].equals("capstan");
    Report report = new Report();
    try (Postgres postgres = new Postgres(scratch.resolve("postgres"))) {
      contenders(postgres, peers, scratch, Sizes.WARM_UP, alone)
          .forEach((name, round) -> measure(name, round, new Report()));
      for (int i = 1; i <= rounds; i++) {
        System.err.println("round " + i + " of " + rounds);
        contenders(postgres, peers, scratch, Sizes.FULL, alone)
            .forEach((name, round) -> measure(name, round, report));
      }
    }
    Files.writeString(Path.of(args[3]), report.table());
  }

  private static SequencedMap<String, Round> contenders(
      Postgres postgres, Path peers, Path scratch, Sizes sizes, boolean alone) {
    SequencedMap<String, Round> contenders = new LinkedHashMap<>();
    contenders.put("Capstan", new CapstanRound(postgres, sizes));
    if (!alone) {
      contenders.put("db-scheduler", new DbSchedulerRound(postgres, sizes));
      for (String fsync : List.of("always", "everysec")) {
        contenders.put("Celery, fsync " + fsync, redis(peers, "celery_queue.py", fsync, sizes));
        contenders.put("RQ, fsync " + fsync, redis(peers, "rq_queue.py", fsync, sizes));
      }
      contenders.put("Restate", restate(peers, scratch, sizes));
      contenders.put(
          "Conductor", new ConductorRound(postgres, peers, scratch.resolve("peers"), sizes));
    }
    return contenders;
  }

  /** Debian's python3 has the peers' packages; another one on the path has not. */
  private static Round redis(Path peers, String script, String fsync, Sizes sizes) {
    return ScriptRound.of(script, sizes, "/usr/bin/python3", peers.resolve(script) + "", fsync);
  }

  private static Round restate(Path peers, Path scratch, Sizes sizes) {
    return ScriptRound.of(
        "Restate",
        sizes,
        "node",
        peers.resolve("restate_queue.mjs").toString(),
        scratch.resolve("peers").toString(),
        scratch.resolve("restate-" + UUID.randomUUID()).toString());
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
