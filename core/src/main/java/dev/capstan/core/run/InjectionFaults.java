package dev.capstan.core.run;

import dev.capstan.core.StepId;
import dev.capstan.core.plan.Barrier;
import dev.capstan.core.plan.Injection;
import dev.capstan.core.plan.Injection.Place;
import dev.capstan.core.plan.Plan;
import dev.capstan.core.plan.PlanFault;
import dev.capstan.core.plan.Step;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Whether steps can join a run as far as it has come; the plan that comes of it is judged apart.
 */
final class InjectionFaults {
  private final Injection injection;
  private final Plan plan;
  private final Optional<Progress> progress;

  private InjectionFaults(Injection injection, Plan plan, Optional<Progress> progress) {
    this.injection = injection;
    this.plan = plan;
    this.progress = progress;
  }

  /**
   * The faults.
   *
   * @param progress of the run; empty before work has begun
   */
  static List<PlanFault> of(Injection injection, Plan plan, Optional<Progress> progress) {
    return new InjectionFaults(injection, plan, progress).all();
  }

  private List<PlanFault> all() {
    if (injection.steps().isEmpty()) {
      return List.of(new PlanFault.Empty());
    }
    return Stream.concat(place().stream(), lost()).toList();
  }

  private Optional<PlanFault> place() {
    return switch (injection.place()) {
      case Place.ByPriority _, Place.InsteadOfTheRest _ -> Optional.empty();
      case Place.After(var last) -> planned(last).isPresent() ? Optional.empty() : missing(last);
      case Place.Before(var next) ->
          planned(next).map(step -> before(step)).orElseGet(() -> missing(next));
    };
  }

  private Optional<PlanFault> before(Step next) {
    if (next.barrier() instanceof Barrier.AtLeast) {
      return noPlace(next.id(), "it waits for a number of steps only");
    }
    boolean begun = progress.map(p -> !hasNotBegun(p.of(next.id()))).orElse(false);
    return begun ? noPlace(next.id(), "it has begun") : Optional.empty();
  }

  /** What is given up cannot be waited for. */
  private Stream<PlanFault> lost() {
    List<StepId> givenUp = givenUp(injection, plan, progress);
    return injection.steps().stream()
        .flatMap(step ->
            step.barrier().steps().stream()
                .filter(givenUp::contains)
                .map(gone -> new PlanFault.UnknownDependency(step.id(), gone)));
  }

  private Optional<Step> planned(StepId id) {
    return plan.steps().stream().filter(step -> step.id().equals(id)).findFirst();
  }

  private static Optional<PlanFault> missing(StepId step) {
    return noPlace(step, "the plan has no such step");
  }

  private static Optional<PlanFault> noPlace(StepId step, String why) {
    return Optional.of(new PlanFault.NoPlace(step, why));
  }

  /** The steps of the plan that the injection takes the place of. */
  static List<StepId> givenUp(Injection injection, Plan plan, Optional<Progress> progress) {
    return injection.place() instanceof Place.InsteadOfTheRest
        ? plan.steps().stream()
            .map(Step::id)
            .filter(step -> progress.map(p -> mayBeGivenUp(p.of(step))).orElse(true))
            .toList()
        : List.of();
  }

  private static boolean hasNotBegun(StepState state) {
    return state instanceof StepState.Pending(var tries) && tries.attempts() == 0;
  }

  private static boolean mayBeGivenUp(StepState state) {
    return switch (state) {
      case StepState.Pending _, StepState.Blocked _, StepState.Asking _, StepState.Failed _ -> true;
      case StepState.InFlight _,
          StepState.Completed _,
          StepState.Skipped _,
          StepState.Cancelled _ ->
          false;
    };
  }
}
