package dev.capstan.server;

import java.util.Map;

/**
 * What one request, and one token, may ask of a server.
 *
 * @param bodyBytes of a request
 * @param uploadBytes of an artifact
 * @param headerBytes of a request, all headers together
 * @param requestsPerMinute of one token
 */
public record RequestLimits(
    long bodyBytes, long uploadBytes, int headerBytes, int requestsPerMinute) {
  /** Of a data folder's own door. */
  static final RequestLimits DEFAULT = of(Map.of());

  static RequestLimits of(Map<String, String> values) {
    return new RequestLimits(
        (long) Key.BODY_KB.in(values, 1 << 10) << 10,
        (long) Key.UPLOAD_MB.in(values, 64) << 20,
        Key.HEADER_KB.in(values, 16) << 10,
        Key.REQUESTS_PER_MINUTE.in(values, 1_200));
  }
}
