package dev.capstan.core.run;

import dev.capstan.core.ProjectId;
import dev.capstan.core.RunId;
import dev.capstan.core.StepId;
import dev.capstan.core.plan.Injection;
import dev.capstan.core.plan.Plan;
import dev.capstan.core.plan.PlanFault;
import dev.capstan.core.plan.Step;
import dev.capstan.core.plan.Work;
import dev.capstan.core.policy.Layer;
import dev.capstan.core.policy.Policy;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * What a run was asked to do, and the policy it is done under.
 *
 * @param base branch, tag or commit to start from; empty for the default branch
 * @param plan the steps to carry out
 * @param stops steps after which the run pauses
 */
public record Brief(
    RunId run,
    ProjectId project,
    String goal,
    String base,
    Plan plan,
    RunPolicy policy,
    Set<StepId> stops) {
  public Brief {
    stops = Collections.unmodifiableSet(new TreeSet<>(stops));
  }

  /** One that stops nowhere. */
  public Brief(
      RunId run, ProjectId project, String goal, String base, Plan plan, RunPolicy policy) {
    this(run, project, goal, base, plan, policy, Set.of());
  }

  /** The same under a policy: what the plan itself asks for is never loosened. */
  public Brief under(Policy rules) {
    List<Step> steps = tightened(plan.steps(), rules);
    return new Brief(run, project, goal, base, new Plan(steps), policy.under(rules), stops);
  }

  private static List<Step> tightened(List<Step> steps, Policy rules) {
    return steps.stream().map(step -> step.expecting(rules.tighten(step.expectations()))).toList();
  }

  /** The same steps under the policy of this run. */
  Injection tightened(Injection injection) {
    return new Injection(tightened(injection.steps(), policy.rules()), injection.place());
  }

  /** That of another run, in which other engines perform some of the steps. */
  Brief forked(RunId fork, Map<StepId, List<Work>> engines) {
    List<Step> steps =
        plan.steps().stream()
            .map(step -> step.performedBy(engines.getOrDefault(step.id(), step.engines())))
            .toList();
    return new Brief(fork, project, goal, base, new Plan(steps), policy, stops);
  }

  /** The same with more steps. */
  Brief with(Injection injection) {
    return new Brief(run, project, goal, base, injection.into(plan), policy, stops);
  }

  /** The same, pausing after that step or no longer pausing there. */
  Brief stopping(StepId step, boolean stops) {
    Set<StepId> changed = new TreeSet<>(this.stops);
    if (stops) {
      changed.add(step);
    } else {
      changed.remove(step);
    }
    return new Brief(run, project, goal, base, plan, policy, changed);
  }

  /** The same under a policy that asks for whatever the layer asks for beyond it. */
  Brief tightenedBy(Layer layer) {
    return under(policy.rules().tightenedBy(layer));
  }

  /** The first step with an engine that the policy does not allow, in words. */
  public Optional<String> forbiddenEngine() {
    return forbidden().map(PlanFault::message);
  }

  /** What makes the plan unacceptable under its policy; empty if it may be carried out. */
  List<PlanFault> faults() {
    return Stream.concat(plan.faults().stream(), forbidden().stream()).toList();
  }

  private Optional<PlanFault> forbidden() {
    for (Step step : plan.steps()) {
      for (String engine : step.engines().stream().flatMap(w -> w.engines().stream()).toList()) {
        if (!policy.rules().allowsEngine(engine)) {
          return Optional.of(
              new PlanFault.ForbiddenEngine(step.id(), engine, policy.rules().enginesInWords()));
        }
      }
    }
    return Optional.empty();
  }
}
