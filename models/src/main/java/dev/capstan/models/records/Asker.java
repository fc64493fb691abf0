package dev.capstan.models.records;

import dev.capstan.core.ProjectId;
import dev.capstan.core.RunId;
import dev.capstan.core.account.Purpose;

/**
 * In whose name a model is called.
 *
 * @param step empty for the run as a whole
 * @param attempt 0 where it is no attempt at a step
 * @param purpose from which part of a budget it is paid
 * @param prompt name, version and SHA-256 of the prompt that the work is asked with; may be ""
 */
public record Asker(
    RunId run, ProjectId project, String step, int attempt, Purpose purpose, String prompt) {
  /** With a prompt that nobody knows. */
  public Asker(RunId run, ProjectId project, String step, int attempt, Purpose purpose) {
    this(run, project, step, attempt, purpose, "");
  }
}
