package dev.capstan.core.evidence;

/** The checks that a gate may require. */
public enum CheckName {
  /** The project's own build succeeds. */
  BUILD,
  /** No test case that passed before fails, is skipped or is missing now. */
  TESTS,
  /** Line coverage did not drop by more than the policy allows. */
  COVERAGE,
  /** Every changed file lies in the step's scope and nothing escapes the repository. */
  SCOPE
}
