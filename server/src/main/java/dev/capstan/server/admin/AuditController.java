package dev.capstan.server.admin;

import dev.capstan.api.AuditCheck;
import dev.capstan.api.AuditView;
import dev.capstan.api.Page;
import dev.capstan.control.access.Access;
import dev.capstan.control.access.AuditLog;
import dev.capstan.control.access.OrganisationId;
import dev.capstan.control.access.Scope;
import dev.capstan.server.auth.Allowed;
import dev.capstan.server.auth.Callers;
import dev.capstan.server.rest.ApiException;
import dev.capstan.server.rest.Pages;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Who did what, and what was refused. */
@RestController
@RequestMapping("/api/v1/audit")
public final class AuditController {
  private static final int AT_ONCE = 1_000;

  private final AuditLog audit;
  private final Callers callers;

  public AuditController(AuditLog audit, Callers callers) {
    this.audit = audit;
    this.callers = callers;
  }

  /** Entries in order, of an organisation or of all. */
  @Allowed(Scope.ADMIN)
  @GetMapping
  Page<AuditView> read(
      @RequestParam(defaultValue = "") String after,
      @RequestParam(defaultValue = "") String since,
      @RequestParam(defaultValue = "1000") int limit) {
    return Pages.of(
        audit.read(callers.access(), Pages.number(after), moment(since), Pages.wanted(limit)),
        limit,
        AuditController::view,
        placed -> String.valueOf(placed.position()));
  }

  /** All entries since a moment, as JSON lines or as CSV. */
  @Allowed(Scope.ADMIN)
  @GetMapping("/export")
  void export(
      @RequestParam(defaultValue = "") String since,
      @RequestParam(defaultValue = "jsonl") String format,
      HttpServletResponse response)
      throws IOException {
    AuditFormat wanted = AuditFormat.named(format);
    Instant from = moment(since);
    response.setContentType(wanted.mediaType());
    try (Writer out = new OutputStreamWriter(response.getOutputStream(), StandardCharsets.UTF_8)) {
      out.write(wanted.head());
      long after = 0;
      List<AuditLog.Placed> some;
      do {
        some = audit.read(callers.access(), after, from, AT_ONCE);
        for (AuditLog.Placed one : some) {
          out.write(wanted.line(view(one)));
          after = one.position();
        }
      } while (some.size() == AT_ONCE);
    }
  }

  /** Whether entries were changed or removed; it is for admins of the installation. */
  @Allowed(Scope.ADMIN)
  @GetMapping("/check")
  AuditCheck check() {
    if (!(callers.access() instanceof Access.Everything)) {
      throw ApiException.forbidden(
          "the audit as a whole is checked by an admin of the organisation "
              + OrganisationId.DEFAULT);
    }
    AuditLog.Chain chain = audit.check();
    return new AuditCheck(
        chain.broken().isEmpty(), chain.broken().orElse(0), chain.position(), chain.hash());
  }

  private static Instant moment(String since) {
    try {
      return since.isEmpty() ? Instant.EPOCH : Instant.parse(since);
    } catch (DateTimeException _) {
      throw ApiException.invalid(
          "since is a moment such as 2026-11-30T18:00:00Z, not \"" + since + '"');
    }
  }

  static AuditView view(AuditLog.Placed placed) {
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
        entry.address(),
        placed.hash());
  }
}
