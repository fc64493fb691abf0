package dev.capstan.core.run;

import dev.capstan.core.StepId;
import dev.capstan.core.plan.Barrier;
import dev.capstan.core.plan.Step;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** What a working run does next by itself. */
final class RunSchedule {
  private final Run.Working run;
  private final Progress progress;
  private final Instant now;

  private RunSchedule(Run.Working run, Instant now) {
    this.run = run;
    this.progress = run.progress();
    this.now = now;
  }

  /**
   * The next event, decided on the state before it; empty if the run must wait for a report or a
   * person.
   */
  static Optional<RunEvent> next(Run.Working run, Instant now) {
    RunSchedule schedule = new RunSchedule(run, now);
    return schedule.integrate().or(schedule::start).or(schedule::giveUp).or(schedule::finish);
  }

  /**
   * A change made on the tip itself completes at once; others wait for the lane, and then go
   * together. Either moves the tip, so a tip that is held need be held no longer.
   */
  private Optional<RunEvent> integrate() {
    if (laneIsBusy()) {
      return Optional.empty();
    }
    List<StepId> verified = steps(StepState.Verified.class::isInstance);
    for (StepId step : verified) {
      if (progress.of(step) instanceof StepState.Verified v
          && v.attempt().from().equals(progress.tip())) {
        return Optional.of(new RunEvent.StepCompleted(step, v.commit()));
      }
    }
    return verified.isEmpty()
        ? Optional.empty()
        : Optional.of(new RunEvent.IntegrationStarted(verified));
  }

  /** Of the steps that may start, the one with the largest priority, the first of several. */
  private Optional<RunEvent> start() {
    List<Step> underWay = planned(StepState.InFlight.class::isInstance);
    if (underWay.size() >= run.brief().policy().parallelSteps()) {
      return Optional.empty();
    }
    Step best = null;
    for (Step step : run.brief().plan().steps()) {
      boolean better = best == null || step.priority() > best.priority();
      if (better && mayStart(step, underWay)) {
        best = step;
      }
    }
    return Optional.ofNullable(best).map(this::started);
  }

  private boolean mayStart(Step step, List<Step> underWay) {
    return progress.of(step.id()) instanceof StepState.Pending
        && progress.opens(step.barrier())
        && underWay.stream().noneMatch(other -> other.scope().mayOverlap(step.scope()));
  }

  private RunEvent started(Step step) {
    Tries tries = ((StepState.Pending) progress.of(step.id())).tries();
    Attempt attempt =
        new Attempt(tries.attempts() + 1, tries.engine(), progress.tip(), tries.toFix());
    RetryPolicy policy = run.brief().policy().retryOf(step.kind());
    long seed = 31L * run.brief().run().hashCode() + step.id().hashCode() + tries.attempts();
    Instant notBefore =
        tries.failures() == 0 ? now : now.plus(policy.delayAfter(tries.failures(), seed));
    return new RunEvent.StepStarted(step.id(), attempt, notBefore);
  }

  /** A step whose barrier can no longer open has failed. */
  private Optional<RunEvent> giveUp() {
    return run.brief().plan().steps().stream()
        .filter(step -> progress.of(step.id()) instanceof StepState.Pending)
        .filter(
            step -> step.barrier().steps().size() - lost(step.barrier()) < step.barrier().needed())
        .findFirst()
        .map(step -> new RunEvent.StepFailed(step.id(), "steps it waits for have failed"));
  }

  private Optional<RunEvent> finish() {
    boolean underWay = progress.steps().values().stream().anyMatch(RunSchedule::isUnderWay);
    if (underWay || laneIsBusy()) {
      return Optional.empty();
    }
    List<StepId> waiting =
        steps(s ->
            s instanceof StepState.NeedsQa
                || s instanceof StepState.Blocked
                || s instanceof StepState.Pending);
    List<StepId> failed = steps(StepState.Failed.class::isInstance);
    if (!waiting.isEmpty()) {
      return Optional.of(new RunEvent.Blocked("a person is needed for " + names(waiting)));
    }
    if (!failed.isEmpty() && !deliversInPart()) {
      return Optional.of(new RunEvent.Failed("steps failed for good: " + names(failed)));
    }
    return Optional.of(hand());
  }

  private RunEvent hand() {
    if (progress.tip().equals(run.base().commit())) {
      return new RunEvent.Completed(new Run.Outcome.NothingToDeliver());
    }
    if (progress.lane() instanceof Lane.TipHeld(var reason, _)) {
      return new RunEvent.Blocked(reason);
    }
    return progress.tipSettled()
        ? new RunEvent.DeliveryStarted()
        : new RunEvent.TipVerificationStarted();
  }

  private boolean deliversInPart() {
    return run.brief().policy().partial() == RunPolicy.PartialCompletion.ALLOWED
        && !progress.tip().equals(run.base().commit());
  }

  private boolean laneIsBusy() {
    return switch (progress.lane()) {
      case Lane.Integrating _, Lane.VerifyingTip _ -> true;
      case Lane.Free _, Lane.TipHeld _ -> false;
    };
  }

  private static boolean isUnderWay(StepState state) {
    return switch (state) {
      case StepState.Executing _, StepState.Verifying _, StepState.Verified _ -> true;
      case StepState.Pending _,
          StepState.NeedsQa _,
          StepState.Completed _,
          StepState.Skipped _,
          StepState.Blocked _,
          StepState.Failed _,
          StepState.Cancelled _ ->
          false;
    };
  }

  private long lost(Barrier barrier) {
    return barrier.steps().stream()
        .filter(step -> progress.of(step) instanceof StepState.Failed)
        .count();
  }

  private List<StepId> steps(Predicate<StepState> like) {
    List<StepId> found = new ArrayList<>();
    progress
        .steps()
        .forEach((step, state) -> {
          if (like.test(state)) {
            found.add(step);
          }
        });
    return found;
  }

  private List<Step> planned(Predicate<StepState> like) {
    return run.brief().plan().steps().stream()
        .filter(step -> like.test(progress.of(step.id())))
        .toList();
  }

  private static String names(List<StepId> steps) {
    return steps.stream()
            .limit(10)
            .map(StepId::value)
            .reduce((a, b) -> a + ", " + b)
            .orElse("no step")
        + (steps.size() > 10 ? " and " + (steps.size() - 10) + " more" : "");
  }
}
