package dev.capstan.server.trace;

import dev.capstan.worker.tracing.Traceparent;
import dev.capstan.worker.tracing.Tracing;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.context.Scope;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import org.slf4j.MDC;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.servlet.HandlerMapping;

/**
 * Gives each request its correlation id: what {@value #HEADER} says, else the trace that it is part
 * of, else a new one. It goes into the answer, into what is logged, and with commands into events,
 * tasks and workers. Each request is a span.
 */
@Order(Ordered.HIGHEST_PRECEDENCE + 5)
public final class RequestTrace extends OncePerRequestFilter {
  /** What a request says, and its answer. */
  public static final String HEADER = "X-Correlation-Id";

  private static final String LOGGED = "correlation.id";
  private static final Pattern WELL_FORMED = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._:-]{0,99}");
  private static final int SERVER_FAULT = 500;

  private final Tracing tracing;

  public RequestTrace(Tracing tracing) {
    this.tracing = tracing;
  }

  /** Of a request that went through this filter. */
  public static String correlation(HttpServletRequest request) {
    return String.valueOf(request.getAttribute(RequestTrace.class.getName()));
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    String asked = Objects.requireNonNullElse(request.getHeader("traceparent"), "");
    Span span = tracing.request(request.getMethod(), asked);
    String id = id(request, asked, span.getSpanContext());
    request.setAttribute(RequestTrace.class.getName(), id);
    response.setHeader(HEADER, id);
    MDC.put(LOGGED, id);
    try (Scope _ = span.makeCurrent()) {
      span.setAttribute("capstan.correlation", id);
      chain.doFilter(request, response);
    } finally {
      MDC.remove(LOGGED);
      describe(span, request, response.getStatus());
      span.end();
    }
  }

  private static String id(HttpServletRequest request, String asked, SpanContext span) {
    return Optional.ofNullable(request.getHeader(HEADER))
        .filter(given -> WELL_FORMED.matcher(given).matches())
        .or(() -> Traceparent.read(asked).map(SpanContext::getTraceId))
        .or(() -> Optional.of(span).filter(SpanContext::isValid).map(SpanContext::getTraceId))
        .orElseGet(() -> UUID.randomUUID().toString());
  }

  private static void describe(Span span, HttpServletRequest request, int status) {
    Object pattern = request.getAttribute(HandlerMapping.BEST_MATCHING_PATTERN_ATTRIBUTE);
    if (pattern != null) {
      span.updateName(request.getMethod() + ' ' + pattern);
      span.setAttribute("http.route", pattern.toString());
    }
    span.setAttribute("http.response.status_code", status);
    if (status >= SERVER_FAULT) {
      span.setStatus(StatusCode.ERROR);
    }
  }
}
