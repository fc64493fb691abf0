package dev.capstan.control.records;

import dev.capstan.core.RunId;
import java.time.Instant;
import java.util.List;

/** What work prints: observation, not decision. Appending takes no lock on the run. */
public interface ActivityLog {
  /**
   * One line.
   *
   * @param step empty for the run as a whole
   * @param attempt 0 for the run as a whole
   * @param channel {@code out}, {@code err}, or {@code note} for Capstan's own words
   */
  record Line(RunId run, String step, int attempt, String channel, String text, Instant at) {}

  /** A line with its place in the log. */
  record Placed(long position, Line line) {}

  void append(List<Line> lines);

  /** The run's lines after that position, in order. */
  List<Placed> read(RunId run, long afterPosition, int most);
}
