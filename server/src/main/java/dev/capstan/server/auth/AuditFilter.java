package dev.capstan.server.auth;

import dev.capstan.control.access.AuditLog;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.servlet.HandlerMapping;

/** Writes into the audit whatever may have changed something, and every refusal. */
@Order(Ordered.LOWEST_PRECEDENCE - 100)
public final class AuditFilter extends OncePerRequestFilter {
  private static final Logger LOG = LoggerFactory.getLogger(AuditFilter.class);

  /** What a worker fetches and pushes stands in the log of its run. */
  private static final String GIT = "/git/";

  /** Where {@link TokenFilter} leaves who asks, as it is gone again when this comes to write. */
  static final String CALLER = AuditFilter.class.getName();

  /** Set where one entry has said enough, so that nobody fills the audit from outside. */
  static final String PASSED_OVER = AuditFilter.class.getName() + ".passed-over";

  private final AuditLog audit;

  public AuditFilter(AuditLog audit) {
    this.audit = audit;
  }

  /** For a request whose handler says by itself what was done, as its address does not. */
  public static void passOver(HttpServletRequest request) {
    request.setAttribute(PASSED_OVER, true);
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    try {
      chain.doFilter(request, response);
    } finally {
      if (matters(request, response.getStatus())) {
        write(request, response.getStatus());
      }
    }
  }

  private static boolean matters(HttpServletRequest request, int status) {
    if (request.getAttribute(PASSED_OVER) != null) {
      return false;
    }
    boolean changes =
        !request.getMethod().equals("GET") && !request.getRequestURI().startsWith(GIT);
    return changes || isRefusal(status);
  }

  private static boolean isRefusal(int status) {
    return status == 401 || status == 403 || status == 413 || status == 429;
  }

  private void write(HttpServletRequest request, int status) {
    Optional<Caller> caller = Optional.ofNullable((Caller) request.getAttribute(CALLER));
    Object pattern = request.getAttribute(HandlerMapping.BEST_MATCHING_PATTERN_ATTRIBUTE);
    Object reason = request.getAttribute(Refusals.REASON);
    try {
      audit.add(
          Audited.entry(
              caller,
              request.getMethod() + ' ' + (pattern == null ? "-" : pattern),
              request.getRequestURI(),
              !isRefusal(status),
              isRefusal(status) && reason != null ? reason.toString() : "answered with " + status,
              request.getRemoteAddr()));
    } catch (RuntimeException outage) {
      LOG.error("the audit could not be written: {} {}", request.getMethod(), status, outage);
    }
  }
}
