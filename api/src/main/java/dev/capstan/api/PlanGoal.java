package dev.capstan.api;

/**
 * Asks for a plan by rules.
 *
 * @param project its name; "" derives it from the source
 * @param source a URL or an absolute path; "" if the project is registered
 * @param base a branch, tag or commit; "" is the default branch
 * @param goal in plain words; "" if {@code tasks} is given
 * @param tasks path of a task list in the repository; "" if {@code goal} is given
 */
public record PlanGoal(String project, String source, String base, String goal, String tasks) {}
