package dev.capstan.core.run;

import dev.capstan.core.ProjectId;
import dev.capstan.core.RunId;
import dev.capstan.core.plan.Plan;
import dev.capstan.core.plan.Step;
import dev.capstan.core.plan.Work;
import dev.capstan.core.policy.Layer;
import dev.capstan.core.policy.Policy;
import java.util.List;
import java.util.Optional;

/**
 * What a run was asked to do, and the policy it is done under.
 *
 * @param base branch, tag or commit to start from; empty for the default branch
 * @param plan the steps to carry out
 */
public record Brief(
    RunId run, ProjectId project, String goal, String base, Plan plan, RunPolicy policy) {
  /** The same under a policy: what the plan itself asks for is never loosened. */
  public Brief under(Policy rules) {
    List<Step> steps =
        plan.steps().stream()
            .map(step -> step.expecting(rules.tighten(step.expectations())))
            .toList();
    return new Brief(run, project, goal, base, new Plan(steps), policy.under(rules));
  }

  /** The same under a policy that asks for whatever the layer asks for beyond it. */
  Brief tightenedBy(Layer layer) {
    return under(policy.rules().tightenedBy(layer));
  }

  /** The first step with an engine that the policy does not allow, in words. */
  public Optional<String> forbiddenEngine() {
    for (Step step : plan.steps()) {
      for (Work work : step.engines()) {
        if (!policy.rules().allowsEngine(work.engine())) {
          return Optional.of(
              "step "
                  + step.id()
                  + " needs the engine "
                  + work.engine()
                  + ", which policy does not allow; "
                  + policy.rules().enginesInWords());
        }
      }
    }
    return Optional.empty();
  }
}
