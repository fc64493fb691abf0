package dev.capstan.core.run;

import dev.capstan.core.StepId;
import dev.capstan.core.plan.Step;
import dev.capstan.core.run.StepState.Status;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What a working run does next by itself. */
final class RunSchedule {
  private final Run.Working run;
  private final Progress progress;
  private final StepStates states;
  private final List<Step> plan;
  private final Instant now;

  private RunSchedule(Run.Working run, Instant now) {
    this.run = run;
    this.progress = run.progress();
    this.states = progress.states();
    this.plan = run.brief().plan().steps();
    this.now = now;
  }

  /**
   * The next event, decided on the state before it; empty if the run must wait for a report or a
   * person.
   */
  static Optional<RunEvent> next(Run.Working run, Instant now) {
    RunSchedule schedule = new RunSchedule(run, now);
    return schedule
        .stop()
        .or(schedule::integrate)
        .or(schedule::start)
        .or(schedule::giveUp)
        .or(schedule::finish);
  }

  /** Nothing new begins once a step is done after which the run was to pause. */
  private Optional<RunEvent> stop() {
    return run.brief().stops().stream()
        .filter(step -> progress.of(step).isDone())
        .findFirst()
        .map(RunEvent.StopReached::new);
  }

  /**
   * A change made on the tip itself completes at once; others wait for the lane, and then go
   * together. Either moves the tip, so a tip that is held need be held no longer.
   */
  private Optional<RunEvent> integrate() {
    if (laneIsBusy()) {
      return Optional.empty();
    }
    List<StepId> verified = new ArrayList<>();
    for (int place : states.places(Status.RUNNING).toArray()) {
      if (states.state(place) instanceof StepState.Verified v) {
        if (v.attempt().from().equals(progress.tip())) {
          return Optional.of(new RunEvent.StepCompleted(states.step(place), v.commit()));
        }
        verified.add(states.step(place));
      }
    }
    return verified.isEmpty()
        ? Optional.empty()
        : Optional.of(new RunEvent.IntegrationStarted(verified));
  }

  /** Of the steps that may start, the one with the largest priority, the first of several. */
  private Optional<RunEvent> start() {
    return startable().map(this::started);
  }

  /** The step that a run would start next, if it went on; empty if it has none to start. */
  static Optional<StepId> nextToStart(Run.Working run, Instant now) {
    return new RunSchedule(run, now).startable().map(Step::id);
  }

  private Optional<Step> startable() {
    List<Step> underWay =
        states.places(Status.RUNNING, Status.NEEDS_QA).mapToObj(plan::get).toList();
    if (underWay.size() >= run.brief().policy().parallelSteps()) {
      return Optional.empty();
    }
    Step best = null;
    for (int place : states.places(Status.PENDING).toArray()) {
      Step step = plan.get(place);
      boolean better = best == null || step.priority() > best.priority();
      if (better && mayStart(step, underWay)) {
        best = step;
      }
    }
    return Optional.ofNullable(best);
  }

  private boolean mayStart(Step step, List<Step> underWay) {
    return progress.opens(step.barrier())
        && underWay.stream().noneMatch(other -> other.scope().mayOverlap(step.scope()));
  }

  private RunEvent started(Step step) {
    Tries tries = ((StepState.Pending) progress.of(step.id())).tries();
    Attempt attempt =
        new Attempt(
            tries.attempts() + 1,
            tries.engine(),
            tries.from(progress.tip()),
            tries.toFix(),
            tries.answered(),
            tries.instructions(),
            tries.start());
    RetryPolicy policy = run.brief().policy().retryOf(step.kind());
    long seed = 31L * run.brief().run().hashCode() + step.id().hashCode() + tries.attempts();
    Instant notBefore =
        tries.failures() == 0 ? now : now.plus(policy.delayAfter(tries.failures(), seed));
    return new RunEvent.StepStarted(step.id(), attempt, notBefore);
  }

  /** A step whose barrier can no longer open has failed. */
  private Optional<RunEvent> giveUp() {
    if (states.places(Status.FAILED).findAny().isEmpty()) {
      return Optional.empty();
    }
    return states
        .places(Status.PENDING)
        .mapToObj(plan::get)
        .filter(step -> !progress.mayOpen(step.barrier()))
        .findFirst()
        .map(step -> new RunEvent.StepFailed(step.id(), "steps it waits for have failed"));
  }

  private Optional<RunEvent> finish() {
    if (states.places(Status.RUNNING).findAny().isPresent() || laneIsBusy()) {
      return Optional.empty();
    }
    List<StepId> waiting = steps(Status.NEEDS_QA, Status.BLOCKED, Status.PENDING);
    List<StepId> failed = steps(Status.FAILED);
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

  private List<StepId> steps(Status... statuses) {
    return states.places(statuses).mapToObj(states::step).toList();
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
