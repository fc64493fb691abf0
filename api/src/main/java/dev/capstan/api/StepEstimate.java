package dev.capstan.api;

import org.jspecify.annotations.Nullable;

/**
 * What may be expected of a step, as far as this installation has measured anything like it.
 *
 * @param step its id
 * @param seconds wall clock to its end; null if unknown
 * @param secondsFrom what that was told from, or why it is unknown
 * @param confidence the percentage of such steps that were completed; null if unknown
 * @param confidenceFrom what that was told from, or why it is unknown
 */
public record StepEstimate(
    String step,
    @Nullable Long seconds,
    String secondsFrom,
    @Nullable Integer confidence,
    String confidenceFrom) {}
