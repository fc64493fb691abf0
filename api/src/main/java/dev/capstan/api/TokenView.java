package dev.capstan.api;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A token, without its secret.
 *
 * @param project "" for all of the organisation
 * @param lastUsedAt to the minute
 */
public record TokenView(
    String id,
    String name,
    String scope,
    String organisation,
    String project,
    Instant createdAt,
    String createdBy,
    @Nullable Instant expiresAt,
    @Nullable Instant lastUsedAt,
    @Nullable Instant revokedAt) {}
