package dev.capstan.api;

/**
 * Asks for a plan by rules.
 *
 * @param project the name of a registered one; "" if {@code source} is given
 * @param source a URL or an absolute path; "" if {@code project} is given
 * @param base a branch, tag or commit; "" is the default branch
 * @param goal in plain words; "" if {@code tasks} is given
 * @param tasks path of a task list in the repository; "" if {@code goal} is given
 */
public record PlanGoal(String project, String source, String base, String goal, String tasks) {}
