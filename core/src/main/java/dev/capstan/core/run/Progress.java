package dev.capstan.core.run;

import dev.capstan.core.CommitId;
import dev.capstan.core.StepId;
import dev.capstan.core.plan.Barrier;
import dev.capstan.core.plan.Plan;
import dev.capstan.core.plan.Step;
import dev.capstan.core.run.StepState.Status;
import dev.capstan.core.run.StepState.Verified;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;

/**
 * How far the steps have come.
 *
 * @param steps the state of each step, in the plan's order
 * @param tip the last commit of the run's branch
 * @param tipSettled whether a gate was opened for exactly the tree of the tip
 * @param lane what is being done to the tip
 * @param failedAttempts of all steps together
 */
public record Progress(
    SequencedMap<StepId, StepState> steps,
    CommitId tip,
    boolean tipSettled,
    Lane lane,
    int failedAttempts) {
  private static final String GIVEN_UP = "other steps were put in its place";

  public Progress {
    steps = StepStates.of(steps);
  }

  static Progress start(Plan plan, CommitId base) {
    SequencedMap<StepId, StepState> steps = new LinkedHashMap<>();
    for (Step step : plan.steps()) {
      steps.put(step.id(), StepState.Pending.UNTRIED);
    }
    return new Progress(steps, base, false, new Lane.Free(), 0);
  }

  /** That of a fork: what had joined the branch has, and everything else is yet to be done. */
  static Progress start(Plan plan, Reached.Work reached) {
    Progress progress = start(plan, reached.tip());
    for (Reached.Joined joined : reached.joined()) {
      progress =
          progress.with(
              joined.step(), new StepState.Completed(Tries.NONE, joined.from(), joined.order()));
    }
    for (Map.Entry<StepId, String> skipped : reached.skipped().entrySet()) {
      progress = progress.with(skipped.getKey(), new StepState.Skipped(skipped.getValue()));
    }
    return progress;
  }

  /** The same for a plan that has more steps, of which some given up are skipped. */
  Progress of(Plan plan, Collection<StepId> givenUp) {
    SequencedMap<StepId, StepState> all = new LinkedHashMap<>();
    for (Step step : plan.steps()) {
      StepState known = steps.get(step.id());
      all.put(
          step.id(),
          givenUp.contains(step.id())
              ? new StepState.Skipped(GIVEN_UP)
              : known == null ? StepState.Pending.UNTRIED : known);
    }
    return new Progress(all, tip, tipSettled, lane, failedAttempts);
  }

  /** The state of that step. Throws {@link IllegalArgumentException} if there is none. */
  public StepState of(StepId step) {
    StepState state = steps.get(step);
    if (state == null) {
      throw new IllegalArgumentException("the run has no step " + step);
    }
    return state;
  }

  /** False if too many of the steps that a barrier waits for have failed. */
  boolean mayOpen(Barrier barrier) {
    long lost =
        barrier.steps().stream().filter(step -> of(step) instanceof StepState.Failed).count();
    return barrier.steps().size() - lost >= barrier.needed();
  }

  /** True if a step behind that barrier need wait no longer. */
  boolean opens(Barrier barrier) {
    return barrier.steps().stream().filter(step -> of(step).isDone()).count() >= barrier.needed();
  }

  /** How many steps are part of the branch. */
  int completed() {
    return (int) states().places(Status.COMPLETED).count();
  }

  boolean hasVerified() {
    StepStates states = states();
    return states.places(Status.RUNNING).anyMatch(i -> states.state(i) instanceof Verified);
  }

  /** The steps by their places in the plan. */
  StepStates states() {
    return StepStates.of(steps);
  }

  Progress with(StepId step, StepState state) {
    return new Progress(states().with(step, state), tip, tipSettled, lane, failedAttempts);
  }

  /**
   * A step whose change was made on the tip is complete. If the tip moved by that, a gate was
   * opened for exactly its tree, so what was held against the tip before is over.
   */
  Progress reached(CommitId newTip) {
    return newTip.equals(tip) ? this : at(newTip, true).in(new Lane.Free());
  }

  Progress at(CommitId newTip, boolean settled) {
    return new Progress(steps, newTip, settled, lane, failedAttempts);
  }

  Progress in(Lane newLane) {
    return new Progress(steps, tip, tipSettled, newLane, failedAttempts);
  }

  Progress afterFailure() {
    return new Progress(steps, tip, tipSettled, lane, failedAttempts + 1);
  }
}
