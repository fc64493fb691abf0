package dev.capstan.api;

/**
 * Asks whether a repository can be worked on.
 *
 * @param project its name; "" derives it from the source
 * @param source a URL or an absolute path; "" if the project is registered
 * @param base a branch, tag or commit; "" is the default branch
 */
public record CheckProject(String project, String source, String base) {}
