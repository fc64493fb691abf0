package dev.capstan.api;

import dev.capstan.api.CreateRun.PlanDocument;
import java.util.List;

/**
 * A plan by rules, and what of the goal is not in it.
 *
 * @param plan without steps if the rules have nothing for the goal
 * @param notes a sentence for each part of the goal that the plan leaves out
 * @param estimates one for each step of the plan
 * @param findings what was found file by file, whether there is a step for it or not
 */
public record PlannedGoal(
    PlanDocument plan,
    List<String> notes,
    List<StepEstimate> estimates,
    List<GoalFinding> findings) {
  public PlannedGoal {
    findings = List.copyOf(findings);
    notes = List.copyOf(notes);
    estimates = List.copyOf(estimates);
  }
}
