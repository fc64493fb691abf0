package dev.capstan.server.rest;

import dev.capstan.control.RunService.Request;
import dev.capstan.server.auth.Callers;
import dev.capstan.server.rest.KeyedRequests.Keyed;
import dev.capstan.server.trace.RequestTrace;
import dev.capstan.worker.tracing.Traceparent;
import jakarta.servlet.http.HttpServletRequest;
import java.util.UUID;

/** Requests over HTTP as commands to runs know them. */
final class Requests {
  private Requests() {}

  /** {@code expectedVersion} is 0 to act whatever has happened since. */
  static Request of(Callers callers, HttpServletRequest from, long expectedVersion) {
    String id = Keyed.of(from).map(Keyed::id).orElseGet(() -> UUID.randomUUID().toString());
    return new Request(
        callers.current().actor(),
        id,
        RequestTrace.correlation(from),
        expectedVersion,
        Traceparent.current());
  }
}
