package dev.capstan.core.evidence;

/**
 * Violations that do not count, because policy says so.
 *
 * @param count how many of them there are
 * @param reason as policy gives it
 */
public record Ignored(Violation.Category category, int count, String reason) {}
