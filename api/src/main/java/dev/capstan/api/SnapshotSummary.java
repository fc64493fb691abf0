package dev.capstan.api;

import java.time.Instant;

/**
 * One line of the list of snapshots.
 *
 * @param id of the commit and the way of measuring
 * @param recipe a hash of the commands; only snapshots of one recipe compare
 */
public record SnapshotSummary(
    String id, String commit, String recipe, Instant measuredAt, String summary) {}
