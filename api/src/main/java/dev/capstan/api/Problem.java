package dev.capstan.api;

/**
 * An error, as in RFC 9457.
 *
 * @param status of HTTP
 * @param code one of {@link ErrorCode}
 * @param title the code for people
 * @param detail what was wrong, where, and what to do
 */
public record Problem(int status, ErrorCode code, String title, String detail) {}
