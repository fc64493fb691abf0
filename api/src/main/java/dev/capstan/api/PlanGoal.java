package dev.capstan.api;

import java.util.Objects;

/**
 * Asks for a plan by rules, and by a model for what is left.
 *
 * @param project its name; "" derives it from the source
 * @param source a URL or an absolute path; "" if the project is registered
 * @param base a branch, tag or commit; "" is the default branch
 * @param goal in plain words; "" if {@code tasks} is given
 * @param tasks path of a task list in the repository; "" if {@code goal} is given
 * @param by what performs the steps of what is found file by file; nobody if it is left out
 * @param planner the model that plans what no rule can do; none if it is left out
 * @param issue a text that the goal is about, such as an issue; whoever wrote it is not trusted
 */
public record PlanGoal(
    String project,
    String source,
    String base,
    String goal,
    String tasks,
    Performer by,
    String planner,
    String issue) {
  public PlanGoal {
    by = Objects.requireNonNullElse(by, Performer.NOBODY);
    planner = Objects.requireNonNullElse(planner, "");
    issue = Objects.requireNonNullElse(issue, "");
  }

  /** One that is planned by rules alone. */
  public PlanGoal(
      String project, String source, String base, String goal, String tasks, Performer by) {
    this(project, source, base, goal, tasks, by, "", "");
  }

  /** The same for one task of its list. */
  public PlanGoal about(String task) {
    return new PlanGoal(project, source, base, task, tasks, by, planner, issue);
  }

  /** One in which nobody performs what is found file by file. */
  public static PlanGoal of(String project, String source, String base, String goal, String tasks) {
    return new PlanGoal(project, source, base, goal, tasks, Performer.NOBODY);
  }
}
