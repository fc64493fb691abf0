package dev.capstan.cli.reliability;

import java.io.IOException;
import java.time.Duration;
import java.util.Random;

/** When a process is killed, and with what. */
record KillPlan(Phase phase, Duration delay, boolean postgresToo) {
  /** From where the delay counts. */
  enum Phase {
    /** The start of the process: while the database is set up or taken over. */
    STARTING(4_000),
    /** The first answer: while steps are carried out. */
    WORKING(6_000),
    /** The pull request is reported: while everything is stopped. */
    ENDING(800);

    private final int longestMillis;

    Phase(int longestMillis) {
      this.longestMillis = longestMillis;
    }
  }

  static KillPlan random(Random random) {
    int dice = random.nextInt(10);
    Phase phase = dice < 2 ? Phase.STARTING : dice < 9 ? Phase.WORKING : Phase.ENDING;
    return new KillPlan(
        phase, Duration.ofMillis(random.nextInt(phase.longestMillis)), random.nextInt(4) == 0);
  }

  /** Waits for the instant; false if the process ended before it. */
  boolean await(CapstanProcess process) throws InterruptedException {
    return switch (phase) {
          case STARTING -> true;
          case WORKING -> process.reaches(process::answers);
          case ENDING -> process.reaches(() -> reportsEnd(process));
        }
        && process.outlives(delay);
  }

  private static boolean reportsEnd(CapstanProcess process) throws IOException {
    return process.output().contains("completed: pull request");
  }
}
