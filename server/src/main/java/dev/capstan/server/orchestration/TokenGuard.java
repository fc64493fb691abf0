package dev.capstan.server.orchestration;

import dev.capstan.control.access.AuditLog;
import dev.capstan.control.access.Scope;
import dev.capstan.server.auth.Caller;
import dev.capstan.server.auth.SignIn;
import dev.capstan.worker.protocol.BearerToken;
import io.grpc.Context;
import io.grpc.Contexts;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Finds out who calls, and whether their token's scope covers the call; refusals are audited. */
final class TokenGuard implements ServerInterceptor {
  static final Context.Key<Caller> CALLER = Context.key("caller");
  private static final String BEARER = "Bearer ";
  private static final int LONGEST_TOKEN = 200;

  private final SignIn signIn;
  private final AuditLog audit;

  TokenGuard(SignIn signIn, AuditLog audit) {
    this.signIn = signIn;
    this.audit = audit;
  }

  @Override
  public <Q, A> ServerCall.Listener<Q> interceptCall(
      ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
    Optional<Caller> caller = caller(headers.get(BearerToken.HEADER));
    if (caller.isEmpty()) {
      return refuse(
          call,
          caller,
          Status.UNAUTHENTICATED,
          "UNAUTHENTICATED: send \"authorization: Bearer TOKEN\"; capstan token create makes one");
    }
    Scope needed = Rights.of(call.getMethodDescriptor().getBareMethodName());
    if (!caller.get().scope().covers(needed)) {
      return refuse(call, caller, Status.PERMISSION_DENIED, Rights.lacking(caller.get(), needed));
    }
    return Contexts.interceptCall(
        Context.current().withValue(CALLER, caller.get()), call, headers, next);
  }

  private Optional<Caller> caller(@Nullable String header) {
    return header != null && header.startsWith(BEARER) && header.length() <= LONGEST_TOKEN
        ? signIn.caller(header.substring(BEARER.length()).strip())
        : Optional.empty();
  }

  private <Q, A> ServerCall.Listener<Q> refuse(
      ServerCall<Q, A> call, Optional<Caller> caller, Status status, String why) {
    String method = String.valueOf(call.getMethodDescriptor().getBareMethodName());
    audit.add(Audits.entry(caller, method, "", false, why));
    call.close(status.withDescription(why), new Metadata());
    return new ServerCall.Listener<>() {};
  }
}
