package dev.capstan.api;

/**
 * What a person wants of a run; bound to a version of it by {@code If-Match}.
 *
 * @param step empty for the run as a whole
 * @param comment why
 */
public record ActionRequest(String step, String comment) {}
