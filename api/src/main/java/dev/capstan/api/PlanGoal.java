package dev.capstan.api;

import java.util.Objects;

/**
 * Asks for a plan by rules.
 *
 * @param project its name; "" derives it from the source
 * @param source a URL or an absolute path; "" if the project is registered
 * @param base a branch, tag or commit; "" is the default branch
 * @param goal in plain words; "" if {@code tasks} is given
 * @param tasks path of a task list in the repository; "" if {@code goal} is given
 * @param by what performs the steps of what is found file by file; nobody if it is left out
 */
public record PlanGoal(
    String project, String source, String base, String goal, String tasks, Performer by) {
  public PlanGoal {
    by = Objects.requireNonNullElse(by, Performer.NOBODY);
  }

  /** One in which nobody performs what is found file by file. */
  public static PlanGoal of(String project, String source, String base, String goal, String tasks) {
    return new PlanGoal(project, source, base, goal, tasks, Performer.NOBODY);
  }
}
