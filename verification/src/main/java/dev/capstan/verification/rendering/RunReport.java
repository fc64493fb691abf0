package dev.capstan.verification.rendering;

import dev.capstan.core.evidence.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * What is known of a run. All text is untrusted; an empty text means that nothing is recorded, and
 * is shown so.
 *
 * @param run its id
 * @param project the project's id
 * @param goal what was asked; may have several lines
 * @param status one of the run's nine words, in any case
 * @param reason why it stands there
 * @param baseCommit what the change is compared with
 * @param baseBranch where the change is to go
 * @param branch where the change is
 * @param tip the last commit of the branch
 * @param baseline one sentence with what was measured of the base commit
 * @param branchChecks checks of the branch as a whole; may be empty
 * @param reproduce exact commands to check it by hand, one line each
 */
public record RunReport(
    String run,
    String project,
    String goal,
    String status,
    String reason,
    String baseCommit,
    String baseBranch,
    String branch,
    String tip,
    String baseline,
    List<StepReport> steps,
    List<CheckRow> branchChecks,
    Instant startedAt,
    Duration took,
    List<String> reproduce) {
  public RunReport {
    steps = List.copyOf(steps);
    branchChecks = List.copyOf(branchChecks);
    reproduce = List.copyOf(reproduce);
  }

  /**
   * One step of the plan.
   *
   * @param reason why the plan has it
   * @param status one of the step's eight words, in any case
   * @param detail why it stands there
   * @param scope globs of the files it may change
   * @param attempts oldest first
   */
  public record StepReport(
      String id,
      String kind,
      String title,
      String reason,
      String status,
      String detail,
      List<String> scope,
      List<AttemptReport> attempts) {
    public StepReport {
      scope = List.copyOf(scope);
      attempts = List.copyOf(attempts);
    }
  }

  /**
   * One try at a step.
   *
   * @param engine the command line
   * @param outcome {@code passed}, {@code approved by a person: …}, {@code failed: …} or {@code
   *     unchanged}; anything else is shown as it is and counts as not decided
   * @param commit what was measured; empty if it came to none
   * @param files how many it changed
   */
  public record AttemptReport(
      int number,
      String engine,
      String outcome,
      String commit,
      int files,
      int linesAdded,
      int linesDeleted,
      Duration took,
      List<CheckRow> checks,
      List<ViolationRow> violations) {
    public AttemptReport {
      checks = List.copyOf(checks);
      violations = List.copyOf(violations);
    }
  }

  /** One check; {@code reason} is one sentence with the figures before and after. */
  public record CheckRow(String name, Verdict verdict, String reason) {}

  /** How an attempt did not keep what it had to keep true. */
  public record ViolationRow(String category, String subject, String detail) {}
}
