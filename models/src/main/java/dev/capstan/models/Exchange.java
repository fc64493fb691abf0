package dev.capstan.models;

import dev.capstan.core.Amount;
import dev.capstan.core.account.Cost;
import dev.capstan.core.account.ReservationKey;
import dev.capstan.core.run.WrapUp;
import dev.capstan.models.cache.CacheKey;
import dev.capstan.models.cache.KeptAnswer;
import dev.capstan.models.cache.Replay;
import dev.capstan.models.cache.Shelf;
import dev.capstan.models.catalog.Model;
import dev.capstan.models.records.Asker;
import dev.capstan.models.records.CallOutcome;
import dev.capstan.models.records.Origin;
import dev.capstan.models.spending.Budgets;
import dev.capstan.models.upstream.Ending;
import dev.capstan.models.upstream.Try;
import dev.capstan.models.wire.Question;
import dev.capstan.models.wire.Wire;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.node.ObjectNode;

/**
 * One request and its answer. {@link #run} is for one thread; any other may {@link #cut} it
 * meanwhile.
 */
public final class Exchange {
  private static final Logger LOG = LoggerFactory.getLogger(Exchange.class);

  static final String GONE = "whoever asked went away";

  private final Gateway gateway;
  private final Session session;
  private final ModelRequest request;
  private final ModelAnswer answer;
  private final Ending ending = new Ending();
  private final CallRecord record;
  private final Delivery delivery;
  private boolean warned;

  Exchange(Gateway gateway, Session session, ModelRequest request, ModelAnswer answer) {
    this.gateway = gateway;
    this.session = session;
    this.request = request;
    this.answer = answer;
    this.record = new CallRecord(gateway.clock().instant());
    this.delivery = new Delivery(session, answer, record, ending);
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
    delivery.cutIfSilent(nanos);
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
      } else if (session.isGivenUp()) {
        refuse(question, 400, "models_fail", "its calls fail again and again: " + session.fault());
      } else {
        answer(question, model.get());
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

  // ---- what is known already

  private void answer(Question question, Model model) throws IOException, InterruptedException {
    session.redaction().outwards(question.body());
    String hash = Prompt.hash(question.wire().protocol().word(), model.id(), question.body());
    record.asks(hash, question.body());
    Optional<CacheKey> key = Reuse.key(session.asker(), model, question, hash, request.headers());
    if (gateway.replay().isPresent()) {
      replay(question, model, gateway.replay().get(), hash);
    } else if (key.isPresent()) {
      answer(question, model, key.get());
    } else {
      reserve(question, model);
    }
  }

  private void replay(Question question, Model model, Replay replay, String hash)
      throws IOException {
    Optional<KeptAnswer> recorded = replay.next(session.asker().run(), hash, question.streams());
    if (recorded.isPresent()) {
      known(question, model, recorded.get(), Origin.RECORDING);
    } else {
      refuse(
          question,
          422,
          "no_recording",
          "this did not run: the models are replayed from "
              + gateway.catalog().replay().orElse("recordings")
              + ", which has no answer to the prompt "
              + hash
              + ", and no provider is asked");
    }
  }

  private void known(Question question, Model model, KeptAnswer known, Origin origin)
      throws IOException {
    record.heard(model, origin);
    delivery.deliver(question, known.again());
  }

  private void answer(Question question, Model model, CacheKey key)
      throws IOException, InterruptedException {
    switch (gateway.shelf().find(key, ending)) {
      case Shelf.Found.Known(var known, var origin) -> known(question, model, known, origin);
      case Shelf.Found.Left _ -> record.ended(CallOutcome.CUT, GONE);
      case Shelf.Found.Unknown(var claim) -> {
        try {
          reserve(question, model);
        } finally {
          claim.end(reusable(question, model));
        }
      }
    }
  }

  private Optional<KeptAnswer> reusable(Question question, Model model) {
    return warned
        ? Optional.empty()
        : record
            .answerOf(model)
            .map(text -> new KeptAnswer(model.name(), question.streams(), text));
  }

  // ---- what it may cost

  private void reserve(Question question, Model model) throws IOException, InterruptedException {
    ReservationKey key = new ReservationKey("model-call-" + record.id());
    Asker asker = session.asker();
    switch (gateway.budgets().reserve(asker, key, Estimate.of(question, model, request.body()))) {
      case Budgets.Answer.Refused(var account, var refusal) -> {
        String why = "the budget " + account + " has no room: " + refusal.message();
        gateway.brake().park(asker, why + "; see capstan budget top-up " + account);
        refuse(question, 402, "budget_exhausted", why);
      }
      case Budgets.Answer.Granted _ -> pay(question, model, key);
      case Budgets.Answer.GrantedLow(var left) -> {
        warn(question, left);
        pay(question, model, key);
      }
    }
  }

  private void pay(Question question, Model model, ReservationKey key)
      throws IOException, InterruptedException {
    try {
      ask(question, model);
    } finally {
      settle(session.asker(), key);
    }
  }

  /**
   * The model is told at once, its agent once in an attempt. What is answered to the notice is no
   * answer to the question.
   */
  private void warn(Question question, Amount left) {
    warned = true;
    question.wire().addNotice(question.body(), WrapUp.TEXT);
    if (session.isFirstWarning()) {
      gateway.brake().wrapUp(session.asker(), left);
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
    session.ended(record.outcome(), record.detail());
    gateway
        .calls()
        .add(
            record.call(session.asker(), question, gateway.catalog().prices()),
            record.recording(question));
  }

  // ---- what is answered

  private void ask(Question question, Model model) throws IOException, InterruptedException {
    List<Model> models = gateway.catalog().chain(model, question.wire().protocol());
    Chain.Result result =
        gateway.chain(question, Reuse.passedOn(request.headers()), ending).ask(models);
    record.asked(result.model(), result.retries());
    if (ending.isEnded() && !(result.last() instanceof Try.Streams)) {
      record.ended(CallOutcome.CUT, GONE);
    } else if (result.last() instanceof Try.Failed(_, var retryAfter)) {
      fail(question, result.troubles(), retryAfter);
    } else {
      delivery.deliver(question, result.last());
    }
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
}
