package dev.capstan.api;

/**
 * A new token.
 *
 * @param secret the bearer token itself, which is shown this once
 */
public record CreatedToken(String secret, TokenView token) {}
