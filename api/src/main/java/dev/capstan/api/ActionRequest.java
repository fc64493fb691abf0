package dev.capstan.api;

/**
 * What a person wants of a run.
 *
 * @param step empty for the run as a whole
 * @param comment why
 * @param expectedVersion the version the sender saw; 0 to act whatever has happened since
 */
public record ActionRequest(String step, String comment, long expectedVersion) {}
