package dev.capstan.server.orchestration;

import dev.capstan.control.access.AuditLog;
import dev.capstan.server.auth.Audited;
import dev.capstan.server.auth.Caller;
import java.util.Optional;

/** What the audit keeps of calls. */
final class Audits {
  private Audits() {}

  static AuditLog.Entry entry(
      Optional<Caller> caller, String method, String resource, boolean allowed, String reason) {
    return Audited.entry(caller, "gRPC " + method, resource, allowed, reason, "gRPC");
  }
}
