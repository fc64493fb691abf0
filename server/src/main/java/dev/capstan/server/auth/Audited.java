package dev.capstan.server.auth;

import dev.capstan.control.access.AuditLog;
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

  private static String cut(String text) {
    String safe = text.replaceAll("\\p{Cntrl}", "?");
    return safe.length() <= LONGEST ? safe : safe.substring(0, LONGEST);
  }
}
