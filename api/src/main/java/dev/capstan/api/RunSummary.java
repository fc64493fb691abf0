package dev.capstan.api;

import java.time.Instant;

/** One line of the list of runs. */
public record RunSummary(
    String id,
    String project,
    String goal,
    String status,
    long version,
    Instant createdAt,
    Instant updatedAt) {}
