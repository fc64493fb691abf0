package dev.capstan.core.plan;

import dev.capstan.core.StepId;
import dev.capstan.core.evidence.CheckName;
import dev.capstan.core.evidence.Expectations;
import dev.capstan.core.evidence.Expectations.Approval;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** The steps of a run, in the order they were planned. Make one with {@link #faults} empty. */
public record Plan(List<Step> steps) {
  private static final Set<CheckName> OF_STEPS_ALONE =
      EnumSet.of(CheckName.JUDGE, CheckName.CLAIMS, CheckName.NEW_TESTS, CheckName.REVIEW);

  public Plan {
    steps = List.copyOf(steps);
  }

  /** What makes this plan unacceptable; empty if it may run. */
  public List<PlanFault> faults() {
    return PlanFaults.of(this);
  }

  /**
   * What all steps together must keep true. What judges may change as any of them said, and what is
   * asked of who made a change, each step's own gate has judged: the branch as a whole is not asked
   * again.
   */
  public Expectations together() {
    if (steps.isEmpty()) {
      return Expectations.DEFAULT;
    }
    EnumSet<CheckName> required = EnumSet.noneOf(CheckName.class);
    steps.forEach(step -> required.addAll(step.expectations().required()));
    required.removeAll(OF_STEPS_ALONE);
    List<String> judge =
        steps.stream().flatMap(step -> step.expectations().judge().stream()).distinct().toList();
    return new Expectations(
        required,
        steps.stream().mapToInt(step -> step.expectations().minimumTests()).max().orElse(1),
        steps.stream().mapToInt(step -> step.expectations().allowedCoverageDrop()).min().orElse(0),
        false,
        steps.stream().allMatch(step -> step.expectations().approval() == Approval.ALWAYS)
            ? Approval.ALWAYS
            : Approval.WHEN_UNSETTLED,
        judge,
        steps.getFirst().expectations().rules());
  }

  /** The step with that id. Throws {@link IllegalArgumentException} if the plan has none. */
  public Step step(StepId id) {
    for (Step step : steps) {
      if (step.id().equals(id)) {
        return step;
      }
    }
    throw new IllegalArgumentException("the plan has no step " + id);
  }
}
