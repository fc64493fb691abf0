package dev.capstan.core.plan;

import dev.capstan.core.StepId;
import dev.capstan.core.evidence.Expectations;
import java.util.List;
import java.util.stream.Stream;

/**
 * One piece of a plan.
 *
 * @param id unique in the plan
 * @param kind what sort of change, for example {@code refactor}; chooses the retry policy and the
 *     type of the conventional commit
 * @param title imperative, one line; the subject of its commit
 * @param reason why the plan has it
 * @param scope files it may change
 * @param engines what performs it, the first; the others are tried in order when it is used up
 * @param barrier steps it waits for
 * @param patience how long it may wait for them once the plan is approved
 * @param priority larger goes first among steps that are ready
 * @param expectations what it must keep true
 */
public record Step(
    StepId id,
    String kind,
    String title,
    String reason,
    Scope scope,
    List<Work> engines,
    Barrier barrier,
    Patience patience,
    int priority,
    Expectations expectations) {
  public Step {
    engines = List.copyOf(engines);
  }

  /**
   * The same, waiting for others as well. A barrier that opens before all of its steps are done
   * stays as it is: which of them were done would no longer decide.
   */
  Step waitingAlsoFor(List<StepId> others) {
    return switch (barrier) {
      case Barrier.All(var steps) ->
          behind(
              new Barrier.All(Stream.concat(steps.stream(), others.stream()).distinct().toList()));
      case Barrier.AtLeast _ -> this;
    };
  }

  private Step behind(Barrier other) {
    return new Step(
        id, kind, title, reason, scope, engines, other, patience, priority, expectations);
  }

  /** The same, done by others. */
  public Step performedBy(List<Work> others) {
    return new Step(
        id, kind, title, reason, scope, others, barrier, patience, priority, expectations);
  }

  /** The same with other expectations. */
  public Step expecting(Expectations other) {
    return new Step(id, kind, title, reason, scope, engines, barrier, patience, priority, other);
  }
}
