package dev.capstan.worker.tracing;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceState;
import io.opentelemetry.context.Context;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** W3C's traceparent: how the place in a trace is written in tasks, messages and headers. */
public final class Traceparent {
  private static final Pattern FORM =
      Pattern.compile("00-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})");

  private Traceparent() {}

  /** Of the span that the thread is in; "" if nobody records it. */
  public static String current() {
    return of(Span.current().getSpanContext());
  }

  static String of(SpanContext at) {
    return at.isValid() && at.isSampled()
        ? "00-" + at.getTraceId() + '-' + at.getSpanId() + '-' + at.getTraceFlags().asHex()
        : "";
  }

  /** Where that is; empty if it is not well formed, as it may come from anywhere. */
  public static Optional<SpanContext> read(String text) {
    Matcher parts = FORM.matcher(text);
    if (!parts.matches()) {
      return Optional.empty();
    }
    return Optional.of(
            SpanContext.createFromRemoteParent(
                parts.group(1),
                parts.group(2),
                TraceFlags.fromHex(parts.group(3), 0),
                TraceState.getDefault()))
        .filter(SpanContext::isValid);
  }

  /** To begin spans below it; without a well-formed one they begin a trace of their own. */
  public static Context parent(String text) {
    return read(text).map(at -> Context.root().with(Span.wrap(at))).orElseGet(Context::root);
  }
}
