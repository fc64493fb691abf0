package dev.capstan.api;

/**
 * What somebody is to be granted.
 *
 * @param kind person or group
 * @param holder the name of the person, or {@code sub:} and the issuer's id of them; or of the
 *     group
 * @param scope reader, operator, maintainer or admin
 * @param project "" for all of the organisation
 * @param organisation "" for one's own
 */
public record CreateGrant(
    String kind, String holder, String scope, String project, String organisation) {}
