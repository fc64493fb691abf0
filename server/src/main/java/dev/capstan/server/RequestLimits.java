package dev.capstan.server;

import dev.capstan.server.workers.WorkerLimits;
import java.util.Map;

/**
 * What one request, and one token, may ask of a server.
 *
 * @param bodyBytes of a request
 * @param uploadBytes of an artifact
 * @param headerBytes of a request, all headers together
 * @param requestsPerMinute of one token
 * @param failedSignInsPerMinute of one address
 * @param workers what those on other machines may have
 */
public record RequestLimits(
    long bodyBytes,
    long uploadBytes,
    int headerBytes,
    int requestsPerMinute,
    int failedSignInsPerMinute,
    WorkerLimits workers) {
  /** Where nothing else is said. */
  static final RequestLimits DEFAULT = of(Map.of());

  /** Of a data folder that only its owner reaches. */
  static final RequestLimits LOCAL =
      new RequestLimits(
          16 << 20,
          1 << 30,
          DEFAULT.headerBytes(),
          DEFAULT.requestsPerMinute(),
          DEFAULT.failedSignInsPerMinute(),
          DEFAULT.workers());

  static RequestLimits of(Map<String, String> values) {
    long uploadBytes = (long) Key.UPLOAD_MB.in(values, 64) << 20;
    return new RequestLimits(
        (long) Key.BODY_KB.in(values, 1 << 10) << 10,
        uploadBytes,
        Key.HEADER_KB.in(values, 16) << 10,
        Key.REQUESTS_PER_MINUTE.in(values, 1_200),
        Key.FAILED_SIGN_INS_PER_MINUTE.in(values, 60),
        new WorkerLimits(
            Key.WORKERS_SESSIONS.in(values, 1_000),
            Key.WORKERS_SESSIONS_PER_TOKEN.in(values, 250),
            Key.WORKERS_TASKS_PER_SESSION.in(values, 256),
            Key.WORKERS_MESSAGE_KB.in(values, 16 << 10) << 10,
            uploadBytes));
  }
}
