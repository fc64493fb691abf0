package dev.capstan.server.auth;

import dev.capstan.api.ErrorCode;
import dev.capstan.server.auth.SignIn.Found;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.web.filter.OncePerRequestFilter;

/** Finds out who asks. What they may do is said by {@link Rules}. */
@Order(Ordered.LOWEST_PRECEDENCE - 50)
public final class TokenFilter extends OncePerRequestFilter {
  private static final Pattern BEARER = Pattern.compile("(?i:bearer) +([\\w.~+/=-]{1,8000}) *");

  private final SignIn signIn;
  private final Callers callers;
  private final Refusals refusals;
  private final Supplier<Set<String>> open;

  /** {@code open} are the addresses that need no token. */
  public TokenFilter(
      SignIn signIn, Callers callers, Refusals refusals, Supplier<Set<String>> open) {
    this.open = open;
    this.signIn = signIn;
    this.callers = callers;
    this.refusals = refusals;
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    String given = request.getHeader("Authorization");
    switch (find(given, request.getHeader(SignIn.PLACE))) {
      case Found.Known(var caller) -> {
        request.setAttribute(AuditFilter.CALLER, caller);
        callers.enter(caller);
        try {
          chain.doFilter(request, response);
        } finally {
          callers.leave();
        }
      }
      case Found.OtherRole(var caller, var why) -> {
        request.setAttribute(AuditFilter.CALLER, caller);
        refusals.refuse(request, response, ErrorCode.FORBIDDEN, why);
      }
      case Found.Nobody _ -> {
        if (given == null && open.get().contains(request.getRequestURI())) {
          chain.doFilter(request, response);
        } else {
          refuse(request, response);
        }
      }
    }
  }

  /** A good token is never kept out by bad ones of the same address, which many may share. */
  private void refuse(HttpServletRequest request, HttpServletResponse response) throws IOException {
    Optional<Duration> wait = signIn.failed(request.getRemoteAddr());
    if (wait.isEmpty()) {
      refusals.unauthenticated(request, response);
      return;
    }
    long seconds = wait.get().toSeconds() + 1;
    request.setAttribute(AuditFilter.PASSED_OVER, true);
    response.setHeader("Retry-After", String.valueOf(seconds));
    refusals.refuse(
        request,
        response,
        ErrorCode.TOO_MANY,
        "Too many requests without a good token came from "
            + request.getRemoteAddr()
            + "; try again in "
            + seconds
            + " s.");
  }

  private Found find(@Nullable String header, @Nullable String place) {
    Matcher bearer = BEARER.matcher(header == null ? "" : header);
    return bearer.matches() ? signIn.find(bearer.group(1), place) : new Found.Nobody();
  }
}
