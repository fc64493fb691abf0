package dev.capstan.api;

import java.time.Instant;

/**
 * Something that was done, or refused.
 *
 * @param who the name of the token's holder, {@code user} for the owner of the data folder
 * @param token its id; "" for the owner of the data folder, and for nobody
 * @param action the method and the kind of address
 * @param resource the address itself
 * @param outcome allowed or refused
 * @param reason why it was refused, else how it was answered
 * @param address where the request came from
 * @param hash of this entry and of the hash of the one before it
 */
public record AuditView(
    long position,
    Instant at,
    String who,
    String token,
    String organisation,
    String action,
    String resource,
    String outcome,
    String reason,
    String address,
    String hash) {}
