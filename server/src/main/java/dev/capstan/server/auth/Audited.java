package dev.capstan.server.auth;

import dev.capstan.control.access.AuditLog;
import io.grpc.Grpc;
import io.grpc.ServerCall;
import java.net.InetSocketAddress;
import java.util.Optional;

/** Entries of the audit, with what came from outside made safe and short. */
public final class Audited {
  private static final int LONGEST = 500;

  private Audited() {}

  /**
   * What somebody did, or was refused.
   *
   * @param caller empty for nobody
   * @param reason why it was refused; for what was allowed, how it ended
   */
  public static AuditLog.Entry entry(
      Optional<Caller> caller,
      String action,
      String resource,
      boolean allowed,
      String reason,
      String address) {
    return new AuditLog.Entry(
        caller.map(one -> one.actor().name()).orElse("nobody"),
        caller.map(Caller::token).orElse(""),
        caller.map(one -> one.access().home().value()).orElse(""),
        cut(action),
        cut(resource),
        allowed,
        cut(reason),
        address);
  }

  /** Where a call came from, without its port, of which a caller has many. */
  public static String address(ServerCall<?, ?> call) {
    return call.getAttributes().get(Grpc.TRANSPORT_ATTR_REMOTE_ADDR) instanceof InetSocketAddress at
        ? at.getAddress().getHostAddress()
        : "this process";
  }

  private static String cut(String text) {
    String safe = text.replaceAll("\\p{Cntrl}", "?");
    return safe.length() <= LONGEST ? safe : safe.substring(0, LONGEST);
  }
}
