package dev.capstan.server.metrics;

import dev.capstan.models.records.ModelCall;
import dev.capstan.models.records.ModelCalls;
import dev.capstan.models.wire.Usage;
import java.time.Duration;

/** Measures each call of a language model beside keeping it. */
public final class MeasuredCalls implements ModelCalls {
  private static final double MICRO = 1e6;

  private final ModelCalls calls;
  private final Metrics metrics;

  public MeasuredCalls(ModelCalls calls, Metrics metrics) {
    this.calls = calls;
    this.metrics = metrics;
  }

  @Override
  public void add(ModelCall call, String recording) {
    measure(call);
    calls.add(call, recording);
  }

  /** An agent may ask for models of any name; those that are configured are few. */
  private void measure(ModelCall call) {
    String model = call.used().isEmpty() ? "none" : call.used();
    metrics.count(
        Metric.LLM_CALLS,
        "model",
        model,
        "outcome",
        call.outcome().word(),
        "origin",
        call.origin().word());
    metrics.count(Metric.LLM_RETRIES, call.retries(), "model", model);
    metrics.work(Metric.LLM_LATENCY, Duration.ofMillis(call.millis()), "model", model);
    call.firstTokenMillis()
        .ifPresent(millis ->
            metrics.work(Metric.LLM_FIRST_TOKEN, Duration.ofMillis(millis), "model", model));
    if (call.origin().isPaid()) {
      spent(call, model);
    } else {
      call.usage()
          .ifPresent(usage -> metrics.count(Metric.LLM_SAVED, usage.total(), "model", model));
    }
  }

  private void spent(ModelCall call, String model) {
    call.usage().ifPresent(usage -> tokens(usage, model));
    call.microDollars()
        .ifPresent(micro ->
            metrics.add(
                Metric.LLM_COST,
                micro / MICRO,
                "model",
                model,
                "project",
                call.asker().project().value()));
    boolean sent =
        switch (call.outcome()) {
          case ANSWERED, CUT, BROKEN -> true;
          case FAILED, REJECTED, REFUSED -> false;
        };
    if (sent && call.microDollars().isEmpty()) {
      metrics.count(Metric.LLM_UNPRICED, "model", model);
    }
  }

  private void tokens(Usage usage, String model) {
    metrics.count(
        Metric.LLM_TOKENS, usage.input() - usage.cached(), "model", model, "kind", "input");
    metrics.count(Metric.LLM_TOKENS, usage.cached(), "model", model, "kind", "cached");
    metrics.count(Metric.LLM_TOKENS, usage.output(), "model", model, "kind", "output");
  }
}
