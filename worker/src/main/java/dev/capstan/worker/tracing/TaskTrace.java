package dev.capstan.worker.tracing;

import dev.capstan.control.LeasedTask;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.Scope;
import java.util.Map;
import java.util.TreeMap;
import org.slf4j.MDC;

/**
 * What a thread does of a task: its log lines bear the task's ids, and what it does below is within
 * its span.
 */
public final class TaskTrace implements AutoCloseable {
  private final LeasedTask task;
  private final Span span;
  private final Scope scope;
  private final Map<String, String> ids = new TreeMap<>();

  @SuppressWarnings("MustBeClosedChecker") // closed with this
  TaskTrace(LeasedTask task, Span span, Context context) {
    this.task = task;
    this.span = span;
    this.scope = context.makeCurrent();
    ids.put("correlation.id", task.correlation());
    ids.put("causation.id", "task " + task.task().key());
    ids.put("run.id", task.run().value());
    ids.put("project.id", task.project().value());
    ids.put("task.kind", task.kind());
    if (span.getSpanContext().isValid()) {
      ids.put("trace.id", span.getSpanContext().getTraceId());
      ids.put("span.id", span.getSpanContext().getSpanId());
    }
    ids.forEach(MDC::put);
  }

  /** The task, so that what follows from its report is below this span. */
  public LeasedTask task() {
    String within = Traceparent.of(span.getSpanContext());
    return within.isEmpty() ? task : task.within(within);
  }

  /** It was done, and reports that. */
  public void reports(String report) {
    span.setAttribute("capstan.report", report);
    if (report.contains("failed")) {
      span.setStatus(StatusCode.ERROR, report);
    }
  }

  @Override
  public void close() {
    ids.keySet().forEach(MDC::remove);
    scope.close();
    span.end();
  }
}
