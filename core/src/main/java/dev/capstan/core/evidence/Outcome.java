package dev.capstan.core.evidence;

/**
 * What a person said of a judged change.
 *
 * @param kind of its step
 * @param engine that made it
 * @param raw the score it had, in hundredths; -1 if it had none
 * @param accepted whether they took it
 */
public record Outcome(String kind, String engine, int raw, boolean accepted) {}
