package dev.capstan.api;

/**
 * Asks for another secret of a token.
 *
 * @param graceMinutes how long the secret that it had is good beside it; 0 for not any more
 */
public record RotateToken(long graceMinutes) {}
