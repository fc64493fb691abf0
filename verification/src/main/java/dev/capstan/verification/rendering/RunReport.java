package dev.capstan.verification.rendering;

import dev.capstan.core.evidence.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Predicate;

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
 * @param policy the pack it was done under, with its version
 * @param decisions what people decided, in order
 * @param pullRequests where it was delivered, in the order in which they are to be merged
 * @param heard what CI and the forge said since, one line each
 * @param models what language models took, in words; "" if none was asked
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
    List<String> reproduce,
    String policy,
    List<DecisionRow> decisions,
    List<String> pullRequests,
    List<String> heard,
    String models) {
  public RunReport {
    heard = List.copyOf(heard);
    pullRequests = List.copyOf(pullRequests);
    decisions = List.copyOf(decisions);
    steps = List.copyOf(steps);
    branchChecks = List.copyOf(branchChecks);
    reproduce = List.copyOf(reproduce);
  }

  /** A report of a run under no policy, about which nobody decided anything. */
  public RunReport(
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
    this(
        run,
        project,
        goal,
        status,
        reason,
        baseCommit,
        baseBranch,
        branch,
        tip,
        baseline,
        steps,
        branchChecks,
        startedAt,
        took,
        reproduce,
        "",
        List.of(),
        List.of(),
        List.of(),
        "");
  }

  /** The same with what was heard of it since. */
  public RunReport heard(List<String> newHeard) {
    return with(branch, tip, steps, branchChecks, newHeard, models);
  }

  /** The same with what language models took. */
  public RunReport models(String inWords) {
    return with(branch, tip, steps, branchChecks, heard, inWords);
  }

  /**
   * The same about some of the steps only, and where their part of the change is.
   *
   * @param about picks steps by their id
   */
  public RunReport about(
      Predicate<String> about, List<CheckRow> checks, String partBranch, String partTip) {
    List<StepReport> some = steps.stream().filter(step -> about.test(step.id())).toList();
    return with(partBranch, partTip, some, checks, heard, models);
  }

  private RunReport with(
      String newBranch,
      String newTip,
      List<StepReport> newSteps,
      List<CheckRow> newChecks,
      List<String> newHeard,
      String newModels) {
    return new RunReport(
        run,
        project,
        goal,
        status,
        reason,
        baseCommit,
        baseBranch,
        newBranch,
        newTip,
        baseline,
        newSteps,
        newChecks,
        startedAt,
        took,
        reproduce,
        policy,
        decisions,
        pullRequests,
        newHeard,
        newModels);
  }

  /** What somebody decided; {@code comment} is in their words. */
  public record DecisionRow(String what, String about, String comment, String by, Instant at) {}

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
   * @param confidence one sentence; empty if none was computed
   * @param parts what the confidence is made of
   * @param ignored what does not count by policy, with its reason
   * @param formatting what the project's formatter did with the change, or why nothing; empty if
   *     the project has none
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
      List<ViolationRow> violations,
      String confidence,
      List<PartRow> parts,
      List<String> ignored,
      String formatting) {
    public AttemptReport {
      parts = List.copyOf(parts);
      ignored = List.copyOf(ignored);
      checks = List.copyOf(checks);
      violations = List.copyOf(violations);
    }

    /** An attempt without a confidence, of which nothing is ignored. */
    public AttemptReport(
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
      this(
          number,
          engine,
          outcome,
          commit,
          files,
          linesAdded,
          linesDeleted,
          took,
          checks,
          violations,
          "",
          List.of(),
          List.of(),
          "");
    }

    /** The same with a word on its formatting. */
    public AttemptReport formatted(String newFormatting) {
      return new AttemptReport(
          number,
          engine,
          outcome,
          commit,
          files,
          linesAdded,
          linesDeleted,
          took,
          checks,
          violations,
          confidence,
          parts,
          ignored,
          newFormatting);
    }
  }

  /**
   * A part of a confidence.
   *
   * @param score from 0 to 1, or {@code unknown}
   * @param weight against the other parts
   */
  public record PartRow(String name, String score, int weight, String reason) {}

  /** One check; {@code reason} is one sentence with the figures before and after. */
  public record CheckRow(String name, Verdict verdict, String reason) {}

  /** How an attempt did not keep what it had to keep true. */
  public record ViolationRow(String category, String subject, String detail) {}
}
