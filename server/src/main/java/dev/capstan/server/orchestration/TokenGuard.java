package dev.capstan.server.orchestration;

import dev.capstan.control.access.AuditLog;
import dev.capstan.control.access.Scope;
import dev.capstan.server.auth.Audited;
import dev.capstan.server.auth.Caller;
import dev.capstan.server.auth.RequestPace;
import dev.capstan.server.auth.RequestPace.TooFast;
import dev.capstan.server.auth.SignIn;
import dev.capstan.server.auth.SignIn.Found;
import dev.capstan.worker.protocol.BearerToken;
import io.grpc.Context;
import io.grpc.Contexts;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Finds out who calls, whether their token's scope covers the call, and whether it comes too fast.
 * Refusals are audited, but for failed sign-ins that come too fast.
 */
public final class TokenGuard implements ServerInterceptor {
  static final Context.Key<Caller> CALLER = Context.key("caller");
  private static final String BEARER = "Bearer ";
  private static final Metadata.Key<String> PLACE =
      Metadata.Key.of(SignIn.PLACE, Metadata.ASCII_STRING_MARSHALLER);

  /** Those of an issuer are long. */
  private static final int LONGEST_TOKEN = 8_000;

  private final SignIn signIn;
  private final RequestPace pace;
  private final AuditLog audit;

  public TokenGuard(SignIn signIn, RequestPace pace, AuditLog audit) {
    this.signIn = signIn;
    this.pace = pace;
    this.audit = audit;
  }

  @Override
  public <Q, A> ServerCall.Listener<Q> interceptCall(
      ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
    return switch (find(headers.get(BearerToken.HEADER), headers.get(PLACE))) {
      case Found.Known(var caller) -> admit(caller, call, headers, next);
      case Found.OtherRole(var caller, var why) ->
          refuse(call, Optional.of(caller), Status.PERMISSION_DENIED, "FORBIDDEN: " + why);
      case Found.Nobody _ -> refuseNobody(call);
    };
  }

  private <Q, A> ServerCall.Listener<Q> refuseNobody(ServerCall<Q, A> call) {
    Optional<Duration> wait = signIn.failed(Audited.address(call));
    return wait.isPresent()
        ? close(
            call,
            Status.RESOURCE_EXHAUSTED,
            "TOO_MANY: too many calls without a good token came from your address; try again in "
                + (wait.get().toSeconds() + 1)
                + " s")
        : refuse(
            call,
            Optional.empty(),
            Status.UNAUTHENTICATED,
            "UNAUTHENTICATED: send \"authorization: Bearer TOKEN\"; capstan token create makes one");
  }

  private <Q, A> ServerCall.Listener<Q> admit(
      Caller caller, ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
    Scope needed = Rights.of(call.getMethodDescriptor().getBareMethodName());
    if (!caller.scope().covers(needed)) {
      return refuse(
          call, Optional.of(caller), Status.PERMISSION_DENIED, Rights.lacking(caller, needed));
    }
    Optional<TooFast> tooFast = pace.take(caller);
    if (tooFast.isPresent()) {
      String why = "TOO_MANY: " + tooFast.get().why();
      return refuse(call, Optional.of(caller), Status.RESOURCE_EXHAUSTED, why);
    }
    return Contexts.interceptCall(Context.current().withValue(CALLER, caller), call, headers, next);
  }

  private Found find(@Nullable String header, @Nullable String place) {
    return header != null && header.startsWith(BEARER) && header.length() <= LONGEST_TOKEN
        ? signIn.find(header.substring(BEARER.length()).strip(), place)
        : new Found.Nobody();
  }

  private <Q, A> ServerCall.Listener<Q> refuse(
      ServerCall<Q, A> call, Optional<Caller> caller, Status status, String why) {
    String method = String.valueOf(call.getMethodDescriptor().getBareMethodName());
    audit.add(Audits.entry(caller, method, "", false, why));
    return close(call, status, why);
  }

  private static <Q, A> ServerCall.Listener<Q> close(
      ServerCall<Q, A> call, Status status, String why) {
    call.close(status.withDescription(why), new Metadata());
    return new ServerCall.Listener<>() {};
  }
}
