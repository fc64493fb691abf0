package dev.capstan.api;

/**
 * What one server does now and then for all, and how it went the last time.
 *
 * @param server that did it, by its id
 * @param begunAt ISO 8601, as all times
 * @param endedAt "" while it is being done, or since that server died
 * @param state done, failed or underway
 * @param outcome in words, of the last time that came to an end
 * @param nextAt when it is due; "" if that is not known
 */
public record DutyView(
    String name,
    String about,
    long everySeconds,
    String server,
    String begunAt,
    String endedAt,
    String state,
    String outcome,
    String nextAt) {}
