package dev.capstan.server.orchestration;

import dev.capstan.control.access.AuditLog;
import dev.capstan.server.auth.Caller;
import java.util.Optional;

/** What the audit keeps of calls. */
final class Audits {
  private static final int LONGEST = 500;

  private Audits() {}

  static AuditLog.Entry entry(
      Optional<Caller> caller, String method, String resource, boolean allowed, String reason) {
    return new AuditLog.Entry(
        caller.map(one -> one.actor().name()).orElse("nobody"),
        caller.map(Caller::token).orElse(""),
        caller.map(one -> one.access().home().value()).orElse(""),
        "gRPC " + method,
        cut(resource),
        allowed,
        cut(reason),
        "gRPC");
  }

  private static String cut(String text) {
    String safe = text.replaceAll("\\p{Cntrl}", "?");
    return safe.length() <= LONGEST ? safe : safe.substring(0, LONGEST);
  }
}
