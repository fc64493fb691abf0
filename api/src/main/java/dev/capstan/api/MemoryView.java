package dev.capstan.api;

import java.time.Instant;
import java.util.List;

/**
 * What is remembered of a finished step.
 *
 * @param endedAt when the step ended
 * @param situation what was to be done
 * @param action what was done, by the last attempt
 * @param outcome what came of it
 * @param offered to so many attempts and plannings
 * @param passed so many of these attempts passed
 * @param failed and so many did not; of the others that is not known
 */
public record MemoryView(
    long id,
    String project,
    String run,
    String step,
    Instant endedAt,
    Situation situation,
    Action action,
    Outcome outcome,
    int offered,
    int passed,
    int failed) {
  /**
   * What was to be done.
   *
   * @param goal of the run
   * @param scope globs of the files that might be changed; none for every file
   */
  public record Situation(
      String goal, String title, String reason, String kind, List<String> scope) {
    public Situation {
      scope = List.copyOf(scope);
    }
  }

  /**
   * What was done.
   *
   * @param work what the engine was told
   * @param changedFiles how many
   * @param files the first of them that models may know of
   */
  public record Action(
      String engine,
      String work,
      int changedFiles,
      int linesAdded,
      int linesDeleted,
      List<String> files) {
    public Action {
      files = List.copyOf(files);
    }
  }

  /**
   * What came of it.
   *
   * @param verdict completed or given up
   * @param evidence one line for each check of the last attempt
   * @param failures why attempts failed, oldest first
   * @param attempts how many there were
   * @param seconds from the beginning of the first, waiting included
   * @param tokens of the calls of models of all attempts
   * @param dollars they cost; "unknown" where a price is not known
   */
  public record Outcome(
      String verdict,
      List<String> evidence,
      List<String> failures,
      int attempts,
      double seconds,
      long tokens,
      String dollars) {
    public Outcome {
      evidence = List.copyOf(evidence);
      failures = List.copyOf(failures);
    }
  }
}
