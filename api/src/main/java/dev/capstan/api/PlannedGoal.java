package dev.capstan.api;

import dev.capstan.api.CreateRun.PlanDocument;
import java.util.List;

/**
 * A plan by rules or a model, and what of the goal is not in it.
 *
 * @param plan without steps if the rules have nothing for the goal
 * @param notes a sentence for each part of the goal that the plan leaves out
 * @param estimates one for each step of the plan
 * @param findings what was found file by file, whether there is a step for it or not
 * @param guesses of the model about the steps that it has planned
 */
public record PlannedGoal(
    PlanDocument plan,
    List<String> notes,
    List<StepEstimate> estimates,
    List<GoalFinding> findings,
    List<StepGuess> guesses) {
  public PlannedGoal {
    findings = List.copyOf(findings);
    notes = List.copyOf(notes);
    estimates = List.copyOf(estimates);
    guesses = List.copyOf(guesses);
  }

  /** A plan by rules alone. */
  public PlannedGoal(
      PlanDocument plan,
      List<String> notes,
      List<StepEstimate> estimates,
      List<GoalFinding> findings) {
    this(plan, notes, estimates, findings, List.of());
  }
}
