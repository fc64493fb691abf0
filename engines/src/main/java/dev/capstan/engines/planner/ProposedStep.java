package dev.capstan.engines.planner;

import java.util.List;

/**
 * A step that a model proposes.
 *
 * @param after ids of steps, its own plan's or those planned before
 * @param engine a coding agent
 * @param role that the agent is to have
 * @param confidence in percent, as the model guesses
 * @param tokens that it may take, as the model guesses
 * @param minutes that it may take, as the model guesses
 */
public record ProposedStep(
    String id,
    String kind,
    String title,
    String reason,
    List<String> scope,
    List<String> after,
    String engine,
    String role,
    int confidence,
    long tokens,
    long minutes) {
  public ProposedStep {
    scope = List.copyOf(scope);
    after = List.copyOf(after);
  }
}
