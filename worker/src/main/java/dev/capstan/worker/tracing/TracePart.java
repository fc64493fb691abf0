package dev.capstan.worker.tracing;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.ContextKey;
import io.opentelemetry.context.Scope;

/** A part of what the thread's task does; nothing if nobody records the task. */
public final class TracePart implements AutoCloseable {
  /** Who records the task that the thread is at. */
  static final ContextKey<Tracer> TRACER = ContextKey.named("capstan tracer");

  private final Span span;
  private final Scope scope;

  private TracePart(Span span, Scope scope) {
    this.span = span;
    this.scope = scope;
  }

  /** Begins it on this thread, until it is closed. */
  @SuppressWarnings("MustBeClosedChecker") // closed with it
  public static TracePart begin(String name) {
    Context around = Context.current();
    Tracer tracer = around.get(TRACER);
    if (tracer == null) {
      return new TracePart(Span.getInvalid(), Scope.noop());
    }
    Span span = tracer.spanBuilder(name).setParent(around).startSpan();
    return new TracePart(span, around.with(span).makeCurrent());
  }

  public TracePart with(String attribute, String value) {
    span.setAttribute(attribute, value);
    return this;
  }

  /** It went wrong. */
  public void failed(String why) {
    span.setStatus(StatusCode.ERROR, why);
  }

  @Override
  public void close() {
    scope.close();
    span.end();
  }
}
