package dev.capstan.core.plan;

import dev.capstan.core.StepId;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Steps that join a plan which is being carried out.
 *
 * @param steps in their order; what they wait for may stand in the plan or among them
 * @param place where they stand in it
 */
public record Injection(List<Step> steps, Place place) {
  public Injection {
    steps = List.copyOf(steps);
  }

  /** Where steps are put. */
  public sealed interface Place {
    /** After all others in the plan; their priority decides when they start. */
    record ByPriority() implements Place {}

    /** Before a step that has not begun, which waits for them. */
    record Before(StepId step) implements Place {}

    /** After a step, for which those wait that wait for none of their own; others follow them. */
    record After(StepId step) implements Place {}

    /** In place of every step that has not begun. */
    record InsteadOfTheRest() implements Place {}
  }

  /** The plan with them. It may have faults. */
  public Plan into(Plan plan) {
    return switch (place) {
      case Place.ByPriority _, Place.InsteadOfTheRest _ ->
          new Plan(Stream.concat(plan.steps().stream(), steps.stream()).toList());
      case Place.Before(var next) -> before(plan, next);
      case Place.After(var last) -> after(plan, last);
    };
  }

  private Plan before(Plan plan, StepId next) {
    List<Step> all = new ArrayList<>();
    for (Step step : plan.steps()) {
      if (step.id().equals(next)) {
        all.addAll(steps);
        all.add(step.waitingAlsoFor(ids()));
      } else {
        all.add(step);
      }
    }
    return new Plan(all);
  }

  private Plan after(Plan plan, StepId last) {
    List<Step> all = new ArrayList<>();
    for (Step step : plan.steps()) {
      all.add(step.barrier().steps().contains(last) ? step.waitingAlsoFor(ids()) : step);
      if (step.id().equals(last)) {
        steps.stream()
            .map(added ->
                added.barrier().steps().isEmpty() ? added.waitingAlsoFor(List.of(last)) : added)
            .forEach(all::add);
      }
    }
    return new Plan(all);
  }

  private List<StepId> ids() {
    return steps.stream().map(Step::id).toList();
  }
}
