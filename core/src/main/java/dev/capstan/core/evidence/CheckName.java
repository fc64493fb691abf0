package dev.capstan.core.evidence;

/** The checks that a gate may require. */
public enum CheckName {
  /** The project's own build succeeds. */
  BUILD,
  /** No test case that passed before fails, is skipped or is missing now. */
  TESTS,
  /** What judges, tests and their settings, is as it was, or changed as the step declared. */
  JUDGE,
  /** Line coverage did not drop by more than the policy allows. */
  COVERAGE,
  /** Enough of the lines that the change added or altered are covered. */
  CHANGED_LINES,
  /** The tests find as many of the faults put into the changed lines as before. */
  MUTATION,
  /** Static analysis and lint report nothing new. */
  ANALYSIS,
  /** The change brings no secret. */
  SECRETS,
  /** What the project depends on changed only as policy allows, licences included. */
  DEPENDENCIES,
  /** Every changed file lies in the step's scope and nothing escapes the repository. */
  SCOPE,
  /** Tests that the change brings fail without it; made only where policy requires it. */
  NEW_TESTS,
  /** A second agent has no objection; made only where policy requires it. */
  REVIEW,
  /** What the engine says at last of its own work is what was measured; never a FAIL. */
  CLAIMS
}
