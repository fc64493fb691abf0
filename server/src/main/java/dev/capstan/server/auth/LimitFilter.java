package dev.capstan.server.auth;

import dev.capstan.api.ErrorCode;
import dev.capstan.server.auth.RequestPace.TooFast;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Refuses bodies that are too large, and requests of a token, or without one of an address, that
 * come too fast. The owner of the data folder may be as fast as they like. Safe for many threads.
 */
@Order(Ordered.LOWEST_PRECEDENCE - 40)
public final class LimitFilter extends OncePerRequestFilter {
  private static final String GIT = "/git/";
  private static final String UPLOAD = "/api/v1/artifacts";

  private final Callers callers;
  private final Refusals refusals;
  private final long bodyBytes;
  private final long uploadBytes;
  private final RequestPace pace;

  /** {@code uploadBytes} is for artifacts and what workers push, {@code bodyBytes} for all else. */
  public LimitFilter(
      Callers callers, Refusals refusals, long bodyBytes, long uploadBytes, RequestPace pace) {
    this.callers = callers;
    this.refusals = refusals;
    this.bodyBytes = bodyBytes;
    this.uploadBytes = uploadBytes;
    this.pace = pace;
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    Optional<TooFast> tooFast =
        callers.isAnybody() ? pace.take(callers.current()) : pace.takeOf(request.getRemoteAddr());
    if (tooFast.isPresent()) {
      response.setHeader("Retry-After", String.valueOf(tooFast.get().seconds()));
      refusals.refuse(request, response, ErrorCode.TOO_MANY, tooFast.get().why());
      return;
    }
    boolean large =
        request.getRequestURI().equals(UPLOAD) || request.getRequestURI().startsWith(GIT);
    long most = large ? uploadBytes : bodyBytes;
    if (request.getContentLengthLong() > most) {
      refusals.refuse(request, response, ErrorCode.TOO_LARGE, BodyTooLarge.words(most));
      return;
    }
    chain.doFilter(new BoundedBody(request, most), response);
  }
}
