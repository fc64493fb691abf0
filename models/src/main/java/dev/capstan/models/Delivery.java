package dev.capstan.models;

import dev.capstan.models.records.CallOutcome;
import dev.capstan.models.secrecy.Restoring;
import dev.capstan.models.upstream.Ending;
import dev.capstan.models.upstream.Try;
import dev.capstan.models.wire.Meter;
import dev.capstan.models.wire.Question;
import dev.capstan.models.wire.ServerEvent;
import dev.capstan.models.wire.Wire;
import java.io.IOException;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;

/**
 * Passes an answer on, piece by piece, and notes what it took. For one thread; any other may cut a
 * stream that has fallen silent.
 */
final class Delivery {
  private static final Logger LOG = LoggerFactory.getLogger(Delivery.class);

  private final Session session;
  private final ModelAnswer answer;
  private final CallRecord record;
  private final Ending ending;
  private volatile long heard = System.nanoTime();
  private volatile boolean streaming;
  private volatile boolean silent;

  Delivery(Session session, ModelAnswer answer, CallRecord record, Ending ending) {
    this.session = session;
    this.answer = answer;
    this.record = record;
    this.ending = ending;
  }

  void cutIfSilent(long nanos) {
    if (streaming && System.nanoTime() - heard > nanos) {
      silent = true;
      ending.end();
    }
  }

  void deliver(Question question, Try given) throws IOException {
    switch (given) {
      case Try.Streams(var stream) -> {
        try (stream) {
          relay(question, stream);
        }
      }
      case Try.Whole(var text) -> whole(question, text);
      case Try.Rejected(var status, var text) -> reject(question, status, text);
      case Try.Failed failed -> throw new IllegalArgumentException("no answer: " + failed);
    }
  }

  private void whole(Question question, String text) throws IOException {
    JsonNode content = Wire.JSON.readTree(text);
    Meter meter = question.wire().meter();
    meter.observe(content);
    record.said(text);
    record.took(meter.usage());
    record.ended(CallOutcome.ANSWERED, "");
    if (!session.redaction().isEmpty()) {
      session.redaction().inwards(content);
    }
    answer.whole(
        200,
        session.redaction().isEmpty() ? text : Wire.JSON.writeValueAsString(content),
        Optional.empty());
  }

  private void reject(Question question, int status, String text) throws IOException {
    record.ended(CallOutcome.REJECTED, "the provider answered " + status);
    boolean json = text.stripLeading().startsWith("{");
    answer.whole(
        status,
        json ? text : question.wire().error(status, "provider_error", text),
        Optional.empty());
  }

  /** Each event goes on as soon as it is there, after those before it. */
  private void relay(Question question, Try.Streaming stream) throws IOException {
    Meter meter = question.wire().meter();
    Optional<Restoring> restoring =
        session.redaction().isEmpty() ? Optional.empty() : Optional.of(session.restoring());
    record.ended(CallOutcome.CUT, Exchange.GONE);
    try {
      answer.begin();
      heard = System.nanoTime();
      streaming = true;
      Optional<String> fault = pass(stream, meter, restoring);
      record.took(meter.usage());
      if (fault.isEmpty()) {
        record.ended(CallOutcome.ANSWERED, "");
        answer.end();
      } else if (!ending.isEnded() || silent) {
        record.ended(CallOutcome.BROKEN, fault.get());
        answer.events(question.wire().errorEvent("api_error", "the answer " + fault.get()));
        answer.end();
      }
    } finally {
      streaming = false;
      record.took(meter.usage());
    }
  }

  /** What is wrong with the stream; empty if it came to its end. */
  private Optional<String> pass(Try.Streaming stream, Meter meter, Optional<Restoring> restoring)
      throws IOException {
    while (true) {
      Optional<ServerEvent> event = next(stream);
      if (event.isEmpty()) {
        return meter.ended() ? Optional.empty() : Optional.of(silent ? "fell silent" : "broke off");
      }
      if (!event.get().saysNothing()) {
        Optional<JsonNode> content = event.get().json();
        if (content.isEmpty()) {
          return Optional.of("went on with what is no event of its protocol");
        }
        meter.observe(content.get());
      }
      record.said(event.get().text());
      answer.events(restoring.map(with -> with.of(event.get())).orElse(event.get().text()));
      heard = System.nanoTime();
    }
  }

  /** A provider that breaks the connection has said all that it will say. */
  private static Optional<ServerEvent> next(Try.Streaming stream) {
    try {
      return stream.next();
    } catch (IOException broken) {
      LOG.debug("the answer broke off", broken);
      return Optional.empty();
    }
  }
}
