package dev.capstan.worker.tracing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.capstan.control.Lease;
import dev.capstan.control.LeasedTask;
import dev.capstan.core.ProjectId;
import dev.capstan.core.RunId;
import dev.capstan.core.run.Task;
import dev.capstan.core.run.Timer;
import io.opentelemetry.api.trace.Span;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.MDC;

class TracingTest {
  private static final String RECORDED = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

  /** Nobody listens there: spans are made, and lost. */
  @AutoClose private final Tracing tracing = Tracing.to("http://127.0.0.1:1", 1, "test", "1");

  private static LeasedTask task(String trace) {
    return new LeasedTask(
        new Lease(1, 1),
        new RunId("run-1"),
        new ProjectId("shop"),
        new Task.Wake(new Timer.RunLimit()),
        "ticket-4711",
        trace,
        Duration.ZERO);
  }

  @Test
  void what_a_task_leads_to_hangs_below_its_own_span() {
    try (TaskTrace trace = tracing.begin(task(RECORDED));
        TracePart _ = TracePart.begin("clone")) {
      assertThat(trace.task().trace())
          .startsWith("00-0af7651916cd43dd8448eb211c80319c-")
          .endsWith("-01")
          .isNotEqualTo(RECORDED);
      assertThat(Traceparent.current())
          .startsWith("00-0af7651916cd43dd8448eb211c80319c-")
          .isNotEqualTo(trace.task().trace());
    }
    assertThat(Span.current().getSpanContext().isValid()).isFalse();
  }

  @Test
  void a_task_that_nobody_records_begins_no_trace() {
    LeasedTask task = task("");
    try (TaskTrace trace = tracing.begin(task);
        TracePart _ = TracePart.begin("clone")) {
      assertThat(trace.task()).isEqualTo(task);
      assertThat(Traceparent.current()).isEmpty();
    }
  }

  @Test
  void log_lines_of_a_task_bear_its_ids_while_it_lasts() {
    try (TaskTrace _ = tracing.begin(task(RECORDED))) {
      assertThat(MDC.getCopyOfContextMap())
          .containsEntry("correlation.id", "ticket-4711")
          .containsEntry("causation.id", "task " + task("").task().key())
          .containsEntry("run.id", "run-1")
          .containsEntry("project.id", "shop")
          .containsEntry("trace.id", "0af7651916cd43dd8448eb211c80319c");
    }
    assertThat(MDC.getCopyOfContextMap()).isNullOrEmpty();
  }

  @Test
  void without_a_receiver_nothing_is_recorded() {
    Tracing off = TracingSettings.of(Map.of()).open("test", "1");
    assertThat(off).isSameAs(Tracing.OFF);
    assertThat(off.request("GET", "").getSpanContext().isValid()).isFalse();
  }

  @Test
  void of_traces_that_begin_here_only_a_share_is_recorded_and_of_others_what_they_record() {
    try (Tracing none = Tracing.to("http://127.0.0.1:1", 0, "test", "1")) {
      assertThat(none.request("GET", "").getSpanContext().isSampled()).isFalse();
      assertThat(none.request("GET", RECORDED).getSpanContext().isSampled()).isTrue();
    }
    String unrecorded = RECORDED.replaceFirst("01$", "00");
    assertThat(tracing.request("GET", unrecorded).getSpanContext().isSampled()).isFalse();
    assertThat(tracing.request("GET", "").getSpanContext().isSampled()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331",
        "00-00000000000000000000000000000000-b7ad6b7169203331-01",
        "00-0AF7651916CD43DD8448EB211C80319C-b7ad6b7169203331-01",
        "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01\n"
      })
  void a_traceparent_that_is_not_well_formed_is_none(String text) {
    assertThat(Traceparent.read(text)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"collector:4318", "ftp://collector", "http://", "not a url"})
  void an_address_that_is_none_is_refused(String endpoint) {
    assertThatThrownBy(() -> TracingSettings.of(Map.of(TracingSettings.ENDPOINT, endpoint)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(TracingSettings.ENDPOINT)
        .hasMessageContaining(endpoint);
  }
}
