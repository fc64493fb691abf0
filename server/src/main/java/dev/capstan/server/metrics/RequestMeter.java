package dev.capstan.server.metrics;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.Set;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.servlet.HandlerMapping;

/** Measures requests by the pattern of their address, of which there are few. */
@Order(Ordered.HIGHEST_PRECEDENCE + 10)
public final class RequestMeter extends OncePerRequestFilter {
  private static final Set<String> METHODS =
      Set.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS");

  private final Metrics metrics;

  public RequestMeter(Metrics metrics) {
    this.metrics = metrics;
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    long began = System.nanoTime();
    int failed = 500;
    try {
      chain.doFilter(request, response);
      failed = 0;
    } finally {
      metrics.moment(
          Metric.HTTP_REQUESTS,
          Duration.ofNanos(System.nanoTime() - began),
          "method",
          METHODS.contains(request.getMethod()) ? request.getMethod() : "OTHER",
          "uri",
          pattern(request),
          "status",
          String.valueOf(failed == 0 ? response.getStatus() : failed));
    }
  }

  private static String pattern(HttpServletRequest request) {
    Object pattern = request.getAttribute(HandlerMapping.BEST_MATCHING_PATTERN_ATTRIBUTE);
    return pattern == null ? "none" : pattern.toString();
  }
}
