package dev.capstan.api;

import java.time.Instant;

/**
 * One event of a run.
 *
 * @param version its place among the run's events
 * @param type its versioned name
 * @param summary one sentence for people
 * @param data its content as JSON
 */
public record EventView(
    long version,
    String type,
    String summary,
    String data,
    Instant at,
    String actor,
    String correlation,
    String causation) {}
