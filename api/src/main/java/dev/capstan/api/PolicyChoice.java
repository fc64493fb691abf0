package dev.capstan.api;

/**
 * Chooses a pack.
 *
 * @param project empty for every project that has none of its own
 */
public record PolicyChoice(String project, String pack) {}
