package dev.capstan.api;

/**
 * What the model that planned a step guesses of it. Nothing of it was measured.
 *
 * @param step its id
 * @param confidence in percent, that it will be done
 * @param tokens in and out
 * @param dollars by the price of the step's model; "unknown" if nobody knows
 * @param seconds of work
 */
public record StepGuess(String step, int confidence, long tokens, String dollars, long seconds) {}
