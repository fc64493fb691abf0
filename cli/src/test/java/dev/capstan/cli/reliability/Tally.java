package dev.capstan.cli.reliability;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** What happened, in figures. For one thread. */
final class Tally {
  private final List<Duration> recoveries = new ArrayList<>();
  private final List<Integer> redone = new ArrayList<>();
  private final List<String> complaints = new ArrayList<>();
  private int kills;
  private int postgresKills;
  private int starts;
  private int notAccepted;

  void started() {
    starts++;
  }

  void killed(boolean postgresToo) {
    kills++;
    postgresKills += postgresToo ? 1 : 0;
  }

  /** From the start of a process after a kill until it answers. */
  void recovered(Duration took) {
    recoveries.add(took);
  }

  /** A run was killed before anything was said of it, and is not there. */
  void notAccepted() {
    notAccepted++;
  }

  /**
   * A run is over.
   *
   * @param repeated how many commands of its steps ran again
   * @param found what is lost, doubled or left behind
   */
  void completed(int repeated, List<String> found) {
    redone.add(repeated);
    complaints.addAll(found);
  }

  /** What was lost, doubled or left behind, of all runs. */
  List<String> complaints() {
    return List.copyOf(complaints);
  }

  int kills() {
    return kills;
  }

  int runs() {
    return redone.size();
  }

  @Override
  public String toString() {
    Duration slowest = recoveries.stream().max(Duration::compareTo).orElse(Duration.ZERO);
    return "%d kills (%d with PostgreSQL), %d runs of %d steps completed, %d starts, %d things lost, doubled or left behind; "
            .formatted(
                kills, postgresKills, runs(), SampleProject.STEPS.size(), starts, complaints.size())
        + "%d commands of steps done again, %d runs killed before they were accepted, slowest of %d recoveries %.1f s"
            .formatted(
                redone.stream().mapToInt(Integer::intValue).sum(),
                notAccepted,
                recoveries.size(),
                slowest.toMillis() / 1000.0);
  }
}
