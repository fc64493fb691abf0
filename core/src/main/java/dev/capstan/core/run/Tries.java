package dev.capstan.core.run;

/**
 * How often a step was tried.
 *
 * @param attempts ever made
 * @param engine index of the engine that is next
 * @param failures of that engine since a person last looked
 */
public record Tries(int attempts, int engine, int failures) {
  static final Tries NONE = new Tries(0, 0, 0);
}
