package dev.capstan.core.run;

import dev.capstan.core.CommitId;

/**
 * One try at a step.
 *
 * @param number counts from 1 within the step
 * @param engine index into the step's engines
 * @param from the commit whose tree it starts with
 */
public record Attempt(int number, int engine, CommitId from) {}
