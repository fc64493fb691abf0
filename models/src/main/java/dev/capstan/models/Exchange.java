package dev.capstan.models;

import dev.capstan.core.Amount;
import dev.capstan.core.account.Cost;
import dev.capstan.core.account.ReservationKey;
import dev.capstan.models.catalog.Model;
import dev.capstan.models.records.Asker;
import dev.capstan.models.records.CallOutcome;
import dev.capstan.models.secrecy.Restoring;
import dev.capstan.models.spending.Budgets;
import dev.capstan.models.upstream.Ending;
import dev.capstan.models.upstream.Try;
import dev.capstan.models.wire.Meter;
import dev.capstan.models.wire.Question;
import dev.capstan.models.wire.ServerEvent;
import dev.capstan.models.wire.Wire;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * One request and its answer. {@link #run} is for one thread; any other may {@link #cut} it
 * meanwhile.
 */
public final class Exchange {
  private static final Logger LOG = LoggerFactory.getLogger(Exchange.class);

  /** Of what agents send along, what a protocol wants passed on. */
  private static final List<String> PASSED_ON =
      List.of("anthropic-version", "anthropic-beta", "openai-beta");

  private static final String WRAP_UP =
      "[Capstan] The budget of this work is nearly spent. Finish what you are doing in as few steps"
          + " as you can, leave the work in a sound state, and stop.";

  private final Gateway gateway;
  private final Session session;
  private final ModelRequest request;
  private final ModelAnswer answer;
  private final Ending ending = new Ending();
  private final CallRecord record;
  private volatile long heard = System.nanoTime();
  private volatile boolean streaming;
  private volatile boolean silent;

  Exchange(Gateway gateway, Session session, ModelRequest request, ModelAnswer answer) {
    this.gateway = gateway;
    this.session = session;
    this.request = request;
    this.answer = answer;
    this.record = new CallRecord(gateway.clock().instant());
  }

  /** Answers, and returns when all of it is settled and recorded. */
  public void run() {
    gateway.begun(this);
    try {
      respond();
    } catch (IOException gone) {
      LOG.debug("nobody listens to the answer any more", gone);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    } finally {
      gateway.ended(this);
    }
  }

  /** Ends it, whatever it waits for; the provider is told by the end of the connection. */
  public void cut() {
    ending.end();
  }

  void cutIfSilent(long nanos) {
    if (streaming && System.nanoTime() - heard > nanos) {
      silent = true;
      cut();
    }
  }

  // ---- what is asked

  private void respond() throws IOException, InterruptedException {
    if (!request.method().equals("POST")) {
      SideQuestions.answer(request, gateway.catalog(), answer);
      return;
    }
    Optional<ObjectNode> body = body();
    Optional<Question> question = body.flatMap(this::question);
    if (question.isPresent()) {
      converse(question.get());
    } else if (body.isPresent()) {
      SideQuestions.answer(request, gateway.catalog(), answer);
    } else {
      answer.whole(
          400,
          Wire.ALL.getFirst().error(400, "invalid_request_error", "the body is no JSON object"),
          Optional.empty());
    }
  }

  private Optional<ObjectNode> body() {
    try {
      return Wire.JSON.readTree(request.body()) instanceof ObjectNode body
          ? Optional.of(body)
          : Optional.empty();
    } catch (JacksonException _) {
      return Optional.empty();
    }
  }

  private Optional<Question> question(ObjectNode body) {
    return Wire.ALL.stream()
        .flatMap(wire -> wire.read(request.path(), request.query(), body).stream())
        .findFirst();
  }

  private void converse(Question question) throws IOException, InterruptedException {
    try {
      Optional<Model> model = gateway.catalog().find(question.model(), question.wire().protocol());
      if (model.isEmpty()) {
        refuse(
            question,
            404,
            "model_not_found",
            "no model \""
                + question.model()
                + "\" speaks "
                + question.wire().protocol().word()
                + "; configured are "
                + gateway.catalog().names());
      } else {
        reserve(question, model.get());
      }
    } finally {
      keep(question);
    }
  }

  private void refuse(Question question, int status, String kind, String message)
      throws IOException {
    record.ended(CallOutcome.REFUSED, message);
    answer.whole(status, question.wire().error(status, kind, message), Optional.empty());
  }

  // ---- what it may cost

  private void reserve(Question question, Model model) throws IOException, InterruptedException {
    ReservationKey key = new ReservationKey("model-call-" + record.id());
    Asker asker = session.asker();
    switch (gateway.budgets().reserve(asker, key, Estimate.of(question, model, request.body()))) {
      case Budgets.Answer.Refused(var account, var refusal) ->
          refuse(
              question,
              402,
              "budget_exhausted",
              "the budget " + account + " has no room: " + refusal.message());
      case Budgets.Answer.Granted(var low) -> {
        try {
          if (low) {
            question.wire().addNotice(question.body(), WRAP_UP);
          }
          ask(question, model);
        } finally {
          settle(asker, key);
        }
      }
    }
  }

  /** What began and did not say what it took is not free: it counts as was reserved. */
  private void settle(Asker asker, ReservationKey key) {
    switch (record.outcome()) {
      case FAILED, REJECTED, REFUSED -> gateway.budgets().release(asker, key);
      case ANSWERED, CUT, BROKEN -> gateway.budgets().settle(asker, key, cost());
    }
  }

  private Cost cost() {
    boolean whole = record.isWell() && record.usage().isPresent() && record.cost().isPresent();
    return whole
        ? new Cost.Known(
            new Amount(record.usage().orElseThrow().total(), record.cost().getAsLong()))
        : new Cost.Unknown();
  }

  private void keep(Question question) {
    gateway
        .calls()
        .add(
            record.call(session.asker(), question, gateway.catalog().prices()),
            record.recording(question));
  }

  // ---- what is answered

  private void ask(Question question, Model model) throws IOException, InterruptedException {
    session.redaction().outwards(question.body());
    record.asks(
        Prompt.hash(question.wire().protocol().word(), model.id(), question.body()),
        question.body());
    List<Model> models = gateway.catalog().chain(model, question.wire().protocol());
    Chain.Result result = gateway.chain(question, passedOn(), ending).ask(models);
    record.asked(result.model(), result.retries());
    if (ending.isEnded() && !(result.last() instanceof Try.Streams)) {
      record.ended(CallOutcome.CUT, "whoever asked went away");
      return;
    }
    switch (result.last()) {
      case Try.Streams(var stream) -> {
        try (stream) {
          relay(question, stream);
        }
      }
      case Try.Whole(var text) -> whole(question, text);
      case Try.Rejected(var status, var text) -> reject(question, status, text);
      case Try.Failed(_, var retryAfter) -> fail(question, result.troubles(), retryAfter);
    }
  }

  private Map<String, String> passedOn() {
    Map<String, String> headers = new HashMap<>();
    for (String name : PASSED_ON) {
      Optional.ofNullable(request.headers().get(name)).ifPresent(value -> headers.put(name, value));
    }
    return headers;
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

  private void fail(Question question, String troubles, Optional<Duration> retryAfter)
      throws IOException {
    record.ended(CallOutcome.FAILED, troubles);
    int status = retryAfter.isPresent() ? 429 : 502;
    answer.whole(
        status,
        question
            .wire()
            .error(
                status,
                retryAfter.isPresent() ? "rate_limit_error" : "api_error",
                "no provider answered: " + troubles),
        retryAfter);
  }

  /** Each event goes on as soon as it is there, after those before it. */
  private void relay(Question question, Try.Streaming stream) throws IOException {
    Meter meter = question.wire().meter();
    Optional<Restoring> restoring =
        session.redaction().isEmpty() ? Optional.empty() : Optional.of(session.restoring());
    record.ended(CallOutcome.CUT, "whoever asked went away");
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
