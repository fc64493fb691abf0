package dev.capstan.api;

/**
 * Asks whether a repository can be worked on.
 *
 * @param project the name of a registered one; "" if {@code source} is given
 * @param source a URL or an absolute path; "" if {@code project} is given
 * @param base a branch, tag or commit; "" is the default branch
 */
public record CheckProject(String project, String source, String base) {}
