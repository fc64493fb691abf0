package dev.capstan.api;

import java.time.Instant;
import java.util.List;

/**
 * A run as it is. Texts that are not known yet are empty.
 *
 * @param status pending, planning, planned, running, paused, blocked, failed, cancelled or
 *     completed
 * @param reason why it is paused, blocked, failed or cancelled
 * @param activity what is being done now, for people
 * @param version counts its events; a command may be bound to it
 * @param pullRequest URL of the pull request that holds the whole change
 * @param pullRequests URLs of all of them; each is to be merged before the one after it
 * @param policy the pack it was created under, with its version
 * @param needs what a person can do to let it go on, as commands of the command line
 * @param ci what CI says of the delivered commit: passed, failed or undecided; "" if nothing
 * @param heard what CI and the forge said since it was delivered, one line each
 * @param origin the run that it was forked from
 * @param spending on language models
 */
public record RunView(
    String id,
    String project,
    String goal,
    String status,
    String reason,
    String activity,
    long version,
    Instant createdAt,
    Instant updatedAt,
    String baseCommit,
    String baseBranch,
    String baseline,
    String tip,
    String pullRequest,
    List<String> pullRequests,
    List<StepView> steps,
    List<String> needs,
    String policy,
    String ci,
    List<String> heard,
    OriginView origin,
    SpendingView spending) {
  public RunView {
    heard = List.copyOf(heard);
    pullRequests = List.copyOf(pullRequests);
    steps = List.copyOf(steps);
    needs = List.copyOf(needs);
  }

  /** Where a run was forked; {@code run} is "" and {@code version} 0 if it was not. */
  public record OriginView(String run, long version) {
    public static final OriginView NONE = new OriginView("", 0);
  }

  /**
   * One step. {@code status} is pending, running, needs_qa, completed, skipped, failed, cancelled
   * or blocked.
   */
  public record StepView(
      String id,
      String kind,
      String title,
      String reason,
      String status,
      String detail,
      List<String> after,
      List<String> scope,
      List<AttemptView> attempts) {
    public StepView {
      after = List.copyOf(after);
      scope = List.copyOf(scope);
      attempts = List.copyOf(attempts);
    }
  }

  /**
   * One try at a step.
   *
   * @param state executing, verifying, judged, unchanged or failed
   * @param failure why it failed
   * @param asked why a person was asked
   * @param approval what they said
   * @param confidence from 0 to 1, with its parts and how it is calibrated
   * @param ignored what does not count by policy, and why
   * @param conflicts where its change could not join the run's branch
   */
  public record AttemptView(
      int number,
      String engine,
      String state,
      Instant startedAt,
      long tookMillis,
      String commit,
      int files,
      int linesAdded,
      int linesDeleted,
      List<CheckView> checks,
      List<ViolationView> violations,
      String failure,
      List<String> asked,
      String approval,
      String confidence,
      List<String> ignored,
      List<ConflictView> conflicts) {
    public AttemptView {
      conflicts = List.copyOf(conflicts);
      ignored = List.copyOf(ignored);
      checks = List.copyOf(checks);
      violations = List.copyOf(violations);
      asked = List.copyOf(asked);
    }
  }

  /** One check; {@code verdict} is PASS, FAIL, DID_NOT_RUN or NOT_COMPARABLE. */
  public record CheckView(String name, String verdict, String reason) {}

  /** What was not kept. */
  public record ViolationView(String category, String subject, String detail) {}

  /**
   * A path that both the run's branch and a step have changed.
   *
   * @param lines what either has, between marks as git makes them: at most 40; none where one side
   *     has no such file, or it is no text
   */
  public record ConflictView(String path, List<String> lines) {
    public ConflictView {
      lines = List.copyOf(lines);
    }
  }
}
