package dev.capstan.server.admin;

import dev.capstan.api.AuditView;
import dev.capstan.control.access.AuditLog;
import dev.capstan.control.access.Scope;
import dev.capstan.server.auth.Allowed;
import dev.capstan.server.auth.Callers;
import java.util.List;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Who did what, and what was refused. */
@RestController
@RequestMapping("/api/v1/audit")
public final class AuditController {
  private static final int LARGEST_PAGE = 1_000;

  private final AuditLog audit;
  private final Callers callers;

  public AuditController(AuditLog audit, Callers callers) {
    this.audit = audit;
    this.callers = callers;
  }

  /** Entries after that position, in order; the last one's position goes on. */
  @Allowed(Scope.ADMIN)
  @GetMapping
  List<AuditView> read(
      @RequestParam(defaultValue = "0") long after,
      @RequestParam(defaultValue = "1000") int limit) {
    return audit.read(callers.access(), after, Math.clamp(limit, 1, LARGEST_PAGE)).stream()
        .map(AuditController::view)
        .toList();
  }

  private static AuditView view(AuditLog.Placed placed) {
    AuditLog.Entry entry = placed.entry();
    return new AuditView(
        placed.position(),
        placed.at(),
        entry.who(),
        entry.token(),
        entry.organisation(),
        entry.action(),
        entry.resource(),
        entry.allowed() ? "allowed" : "refused",
        entry.reason(),
        entry.address());
  }
}
