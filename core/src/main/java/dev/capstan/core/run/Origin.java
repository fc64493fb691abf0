package dev.capstan.core.run;

import dev.capstan.core.RunId;

/**
 * Where a forked run comes from.
 *
 * @param version the number of the other run's events that it shares
 */
public record Origin(RunId run, long version) {}
