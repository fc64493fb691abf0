package dev.capstan.api;

/**
 * A token that is wanted.
 *
 * @param name of the person or service; events name it
 * @param scope reader, operator, maintainer or admin
 * @param project "" for all of the organisation
 * @param organisation "" for one's own
 * @param days how long it is good; 0 for ever
 */
public record CreateToken(
    String name, String scope, String project, String organisation, long days) {}
