package dev.capstan.server;

import java.util.Map;

/**
 * What one request, and one token, may ask of a server.
 *
 * @param bodyBytes of a request
 * @param uploadBytes of an artifact
 * @param headerBytes of a request, all headers together
 * @param requestsPerMinute of one token
 * @param failedSignInsPerMinute of one address
 */
public record RequestLimits(
    long bodyBytes,
    long uploadBytes,
    int headerBytes,
    int requestsPerMinute,
    int failedSignInsPerMinute) {
  /** Where nothing else is said. */
  static final RequestLimits DEFAULT = of(Map.of());

  /** Of a data folder that only its owner reaches. */
  static final RequestLimits LOCAL =
      new RequestLimits(
          16 << 20,
          1 << 30,
          DEFAULT.headerBytes(),
          DEFAULT.requestsPerMinute(),
          DEFAULT.failedSignInsPerMinute());

  static RequestLimits of(Map<String, String> values) {
    return new RequestLimits(
        (long) Key.BODY_KB.in(values, 1 << 10) << 10,
        (long) Key.UPLOAD_MB.in(values, 64) << 20,
        Key.HEADER_KB.in(values, 16) << 10,
        Key.REQUESTS_PER_MINUTE.in(values, 1_200),
        Key.FAILED_SIGN_INS_PER_MINUTE.in(values, 60));
  }
}
