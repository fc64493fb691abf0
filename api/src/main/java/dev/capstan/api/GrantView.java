package dev.capstan.api;

import java.time.Instant;

/**
 * What a person or the people of a group may do, and where.
 *
 * @param kind person or group
 * @param project "" for all of the organisation
 */
public record GrantView(
    String id,
    String kind,
    String holder,
    String scope,
    String organisation,
    String project,
    Instant createdAt,
    String createdBy) {}
