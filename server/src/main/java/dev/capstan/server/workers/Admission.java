package dev.capstan.server.workers;

import dev.capstan.worker.protocol.BearerToken;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.util.function.Predicate;

/** Lets in calls that bear a token which is good for workers. */
final class Admission implements ServerInterceptor {
  private static final String BEARER = "Bearer ";

  private final Predicate<String> good;

  Admission(Predicate<String> good) {
    this.good = good;
  }

  @Override
  public <Q, A> ServerCall.Listener<Q> interceptCall(
      ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
    Status refusal =
        Status.UNAUTHENTICATED.withDescription(
            "send a worker's token as \"authorization: Bearer TOKEN\"");
    try {
      if (DatabaseOutage.told(() -> isGood(headers))) {
        return next.startCall(call, headers);
      }
    } catch (StatusRuntimeException outage) {
      refusal = outage.getStatus();
    }
    call.close(refusal, new Metadata());
    return new ServerCall.Listener<>() {};
  }

  private boolean isGood(Metadata headers) {
    String given = headers.get(BearerToken.HEADER);
    return given != null && given.startsWith(BEARER) && good.test(given.substring(BEARER.length()));
  }
}
