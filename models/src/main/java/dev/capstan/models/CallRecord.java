package dev.capstan.models;

import dev.capstan.models.catalog.Model;
import dev.capstan.models.records.Asker;
import dev.capstan.models.records.CallOutcome;
import dev.capstan.models.records.ModelCall;
import dev.capstan.models.records.Origin;
import dev.capstan.models.wire.Question;
import dev.capstan.models.wire.Usage;
import dev.capstan.models.wire.Wire;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** What becomes known of one call while it goes on. Not for several threads. */
final class CallRecord {
  /** Of an answer that is kept; what lies beyond is not. */
  private static final int LONGEST = 8 << 20;

  private final String id = UUID.randomUUID().toString();
  private final long began = System.nanoTime();
  private final Instant at;
  private final StringBuilder answer = new StringBuilder();
  private String promptHash = "";
  private @Nullable ObjectNode sent;
  private @Nullable Model used;
  private @Nullable Usage usage;
  private long firstTokenNanos = -1;
  private int retries;
  private Origin origin = Origin.PROVIDER;
  private boolean tooLong;
  private CallOutcome outcome = CallOutcome.FAILED;
  private String detail = "";

  CallRecord(Instant at) {
    this.at = at;
  }

  String id() {
    return id;
  }

  void asks(String hash, ObjectNode body) {
    promptHash = hash;
    sent = body;
  }

  void asked(Model model, int again) {
    used = model;
    retries = again;
  }

  /** Somebody else had heard the answer of that model. */
  void heard(Model model, Origin where) {
    used = model;
    origin = where;
  }

  /** The answer, if it came in whole from that model. */
  Optional<String> answerOf(Model model) {
    return isWell() && !tooLong && model.equals(used)
        ? Optional.of(answer.toString())
        : Optional.empty();
  }

  void took(Optional<Usage> told) {
    usage = told.orElse(null);
  }

  void said(String piece) {
    if (firstTokenNanos < 0) {
      firstTokenNanos = System.nanoTime() - began;
    }
    if (answer.length() + piece.length() <= LONGEST) {
      answer.append(piece);
    } else {
      tooLong = true;
    }
  }

  void ended(CallOutcome how, String why) {
    outcome = how;
    detail = why;
  }

  boolean isWell() {
    return outcome == CallOutcome.ANSWERED;
  }

  CallOutcome outcome() {
    return outcome;
  }

  /** What is to be said of how it ended; may be "". */
  String detail() {
    return detail;
  }

  Optional<Usage> usage() {
    return Optional.ofNullable(usage);
  }

  /** In micro-dollars; empty if the price or the usage is unknown. */
  OptionalLong cost() {
    if (!origin.isPaid()) {
      return OptionalLong.of(0);
    }
    if (used == null || usage == null || used.price().isEmpty()) {
      return OptionalLong.empty();
    }
    return OptionalLong.of(used.price().get().of(usage));
  }

  ModelCall call(Asker asker, Question question, String prices) {
    return new ModelCall(
        id,
        asker,
        at,
        question.wire().protocol(),
        question.model(),
        used == null ? "" : used.name(),
        promptHash,
        usage(),
        cost(),
        prices,
        firstTokenNanos < 0 ? OptionalLong.empty() : OptionalLong.of(firstTokenNanos / 1_000_000),
        (System.nanoTime() - began) / 1_000_000,
        retries,
        origin,
        outcome,
        detail);
  }

  /** What was sent and what came, as it was on the way to and from the provider. */
  String recording(Question question) {
    return Wire.JSON.writeValueAsString(
        Map.of(
            "form",
            1,
            "protocol",
            question.wire().protocol().word(),
            "model",
            used == null ? "" : used.id(),
            "promptHash",
            promptHash,
            "streams",
            question.streams(),
            "request",
            sent == null ? Map.of() : sent,
            "answer",
            answer.toString()));
  }
}
