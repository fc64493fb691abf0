package dev.capstan.server.workers;

import dev.capstan.server.auth.Audited;
import dev.capstan.server.auth.Caller;
import dev.capstan.server.workers.Gatekeeper.Reason;
import dev.capstan.server.workers.Gatekeeper.Refused;
import dev.capstan.worker.protocol.BearerToken;
import io.grpc.Context;
import io.grpc.Contexts;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.util.Optional;

/** Lets in calls that bear a token which is good for workers. */
final class Admission implements ServerInterceptor {
  private static final String BEARER = "Bearer ";
  private static final String WHY = "send a worker's token as \"authorization: Bearer TOKEN\"";
  private static final Context.Key<Guest> GUEST = Context.key("guest");

  private final Gatekeeper gatekeeper;

  /**
   * Who makes a call.
   *
   * @param method for example {@code Connect}
   * @param address where it comes from
   */
  record Guest(Caller caller, String method, String address) {
    /** Their call as one that was refused. */
    Refused refused(Reason reason, String why) {
      return new Refused(Optional.of(caller), method, address, reason, why);
    }
  }

  Admission(Gatekeeper gatekeeper) {
    this.gatekeeper = gatekeeper;
  }

  /** Who makes the call that this thread handles. */
  static Guest guest() {
    return GUEST.get();
  }

  @Override
  public <Q, A> ServerCall.Listener<Q> interceptCall(
      ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
    Optional<Caller> caller;
    try {
      caller = DatabaseOutage.told(() -> find(headers));
    } catch (StatusRuntimeException outage) {
      return close(call, outage.getStatus());
    }
    String method = String.valueOf(call.getMethodDescriptor().getBareMethodName());
    String address = Audited.address(call);
    if (caller.isEmpty()) {
      gatekeeper.refused(new Refused(caller, method, address, Reason.TOKEN, WHY));
      return close(call, Status.UNAUTHENTICATED.withDescription(WHY));
    }
    Guest guest = new Guest(caller.get(), method, address);
    return Contexts.interceptCall(Context.current().withValue(GUEST, guest), call, headers, next);
  }

  private Optional<Caller> find(Metadata headers) {
    return Optional.ofNullable(headers.get(BearerToken.HEADER))
        .filter(given -> given.startsWith(BEARER))
        .flatMap(given -> gatekeeper.find(given.substring(BEARER.length())));
  }

  private static <Q, A> ServerCall.Listener<Q> close(ServerCall<Q, A> call, Status status) {
    call.close(status, new Metadata());
    return new ServerCall.Listener<>() {};
  }
}
