package dev.capstan.worker.tracing;

import dev.capstan.control.LeasedTask;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.export.BatchSpanProcessor;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Records spans and sends them by OTLP over HTTP. Whether a trace is recorded is decided where it
 * begins; whatever happens below a span that is not recorded costs nothing. Safe for many threads.
 */
public final class Tracing implements AutoCloseable {
  /** Records nothing. */
  public static final Tracing OFF = new Tracing(OpenTelemetry.noop(), () -> {});

  private static final int END_SECONDS = 5;

  private final Tracer tracer;
  private final Runnable end;

  private Tracing(OpenTelemetry telemetry, Runnable end) {
    this.tracer = telemetry.getTracer("dev.capstan");
    this.end = end;
  }

  /**
   * Records.
   *
   * @param endpoint of the receiver, for example {@code http://127.0.0.1:4318}
   * @param share of the traces that begin here, from 0 to 1; what others began is recorded if they
   *     record it
   * @param service who this is
   */
  public static Tracing to(String endpoint, double share, String service, String version) {
    Resource resource =
        Resource.getDefault()
            .merge(
                Resource.create(
                    Attributes.of(
                        AttributeKey.stringKey("service.name"),
                        service,
                        AttributeKey.stringKey("service.version"),
                        version)));
    SdkTracerProvider provider =
        SdkTracerProvider.builder()
            .setResource(resource)
            .setSampler(Sampler.parentBased(Sampler.traceIdRatioBased(share)))
            .addSpanProcessor(
                BatchSpanProcessor.builder(
                        OtlpHttpSpanExporter.builder()
                            .setEndpoint(endpoint.replaceAll("/+$", "") + "/v1/traces")
                            .build())
                    .build())
            .build();
    OpenTelemetrySdk sdk = OpenTelemetrySdk.builder().setTracerProvider(provider).build();
    return new Tracing(sdk, () -> provider.shutdown().join(END_SECONDS, TimeUnit.SECONDS));
  }

  /** Begins a span for a request, below where it says that it was asked for. */
  public Span request(String method, String traceparent) {
    return tracer
        .spanBuilder(method)
        .setSpanKind(SpanKind.SERVER)
        .setParent(Traceparent.parent(traceparent))
        .setAttribute("http.request.method", method)
        .startSpan();
  }

  /** Begins a trace of its own, for what no request of the moment has caused. */
  public Span beginning(String name) {
    return tracer.spanBuilder(name).setNoParent().startSpan();
  }

  /** A span that is over, below that place in a trace; nothing if nobody records that. */
  public void past(String name, String traceparent, Instant from, Instant to, List<String> links) {
    if (traceparent.isEmpty()) {
      return;
    }
    var builder =
        tracer.spanBuilder(name).setParent(Traceparent.parent(traceparent)).setStartTimestamp(from);
    links.forEach(link -> Traceparent.read(link).ifPresent(builder::addLink));
    builder.startSpan().end(to);
  }

  /** Begins what a worker does of a task, on this thread, until it is closed. */
  public TaskTrace begin(LeasedTask task) {
    if (task.trace().isEmpty()) {
      return new TaskTrace(task, Span.getInvalid(), Context.root());
    }
    Context parent = Traceparent.parent(task.trace());
    Span span =
        tracer
            .spanBuilder("task " + task.kind())
            .setParent(parent)
            .setSpanKind(SpanKind.CONSUMER)
            .setAttribute("capstan.run", task.run().value())
            .setAttribute("capstan.project", task.project().value())
            .setAttribute("capstan.task", task.task().key())
            .startSpan();
    return new TaskTrace(task, span, parent.with(span).with(TracePart.TRACER, tracer));
  }

  /** Sends what was not sent yet. */
  @Override
  public void close() {
    end.run();
  }
}
